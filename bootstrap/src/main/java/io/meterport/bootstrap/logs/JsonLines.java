package io.meterport.bootstrap.logs;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object a line, for machines: time, level, logger, message and, if there is one, error. */
final class JsonLines extends Formatter {
    @Override
    public String format(LogRecord record) {
        Map<String, Json> line = new LinkedHashMap<>();
        line.put("time", text(record.getInstant().truncatedTo(ChronoUnit.MILLIS)));
        line.put("level", text(Levels.word(record.getLevel())));
        line.put("logger", text(Plain.text(String.valueOf(record.getLoggerName()))));
        line.put("message", text(Message.of(record)));
        if (record.getThrown() != null) {
            List<String> trace = Trace.of(record.getThrown());
            line.put("error", new Json.Arr(trace.stream().map(JsonLines::text).toList()));
        }
        return JsonPrinter.text(new Json.Obj(line)) + "\n";
    }

    private static Json text(Object value) {
        return new Json.Text(value.toString());
    }
}
