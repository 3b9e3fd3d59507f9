package io.meterport.bootstrap.logs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** Lines for people: time, level, logger's short name, message; a stack trace is indented below. */
final class TextLines extends Formatter {
    @Override
    public String format(LogRecord record) {
        Instant time = record.getInstant().truncatedTo(ChronoUnit.MILLIS);
        StringBuilder line = new StringBuilder()
                .append(time)
                .append(' ')
                .append(Levels.word(record.getLevel()))
                .append(' ')
                .append(shortName(String.valueOf(record.getLoggerName())))
                .append(": ")
                .append(Message.of(record))
                .append('\n');
        if (record.getThrown() != null) {
            Trace.of(record.getThrown())
                    .forEach(trace -> line.append("  ").append(trace).append('\n'));
        }
        return line.toString();
    }

    private static String shortName(String logger) {
        return Plain.text(logger.substring(logger.lastIndexOf('.') + 1));
    }
}
