package io.meterport.adapters.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import java.util.List;
import java.util.Locale;

/** Answers with tables, to those who accept CSV and nothing else. */
final class CsvAnswers {
    static final String TYPE = "text/csv";

    private static final Header CONTENT_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, TYPE);
    private static final Header SANDBOX =
            HeaderValues.createCached("Content-Security-Policy", "sandbox");
    /** What a row takes in memory while it waits to be written, roughly. */
    private static final int ROW_BYTES = 256;

    private CsvAnswers() {}

    /** Whether it is wanted: one header with one media type, and not with a quality of zero. */
    static boolean areWanted(Exchange exchange) {
        return isWanted(exchange.headers(HeaderNames.ACCEPT));
    }

    private static boolean isWanted(List<String> accept) {
        if (accept.size() != 1) {
            return false;
        }
        String type = accept.getFirst().strip().toLowerCase(Locale.ROOT);
        return type.equals(TYPE)
                || (type.startsWith(TYPE)
                        && type.substring(TYPE.length()).stripLeading().startsWith(";")
                        && type.indexOf(',') < 0
                        && !type.matches(".*;\\s*q=0(?:\\.0*)?\\s*(?:;.*)?"));
    }

    /** Whether an operator asks for cells as they are: nobody else may, and no spreadsheet should. */
    static boolean areWantedRaw(Exchange exchange) {
        return new Params(exchange.query()).flag("csvRaw");
    }

    /**
     * A file to be kept and not to be shown, written while it is sent.
     *
     * @param name needs no quotes
     */
    static Answer of(CsvTable table, String name, boolean raw) {
        return Answer.written(
                        CONTENT_TYPE,
                        out -> {
                            CsvText csv = new CsvText(out, raw);
                            table.write(csv);
                            csv.finish();
                        },
                        (long) table.rows() * ROW_BYTES)
                .with(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + name + ".csv")
                .with(SANDBOX);
    }
}
