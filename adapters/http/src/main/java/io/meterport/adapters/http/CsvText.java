package io.meterport.adapters.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * CSV on its way out (RFC 4180, lines end with LF), of which only a few lines are in memory. Text
 * that a spreadsheet would take for a formula gets an apostrophe in front, unless it is wanted raw.
 * Not thread-safe.
 */
final class CsvText {
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
    private static final int PIECE = 8_192;

    private final StringBuilder text = new StringBuilder(PIECE + 1_024);
    private final OutputStream out;
    private final boolean raw;

    /**
     * @param raw whether cells are left as they are, for programs that are no spreadsheets
     */
    CsvText(OutputStream out, boolean raw) {
        this.out = out;
        this.raw = raw;
    }

    /** Appends what needs no quotes and is ours: names of columns, separators, times, numbers. */
    CsvText plain(String part) {
        text.append(part);
        return this;
    }

    /** Appends a cell, quoted where it has to be. */
    CsvText cell(String cell) {
        boolean formula = !raw && !cell.isEmpty() && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0;
        if (!formula && cell.chars().noneMatch(CsvText::needsQuotes)) {
            text.append(cell);
            return this;
        }
        text.append('"')
                .append(formula ? "'" : "")
                .append(cell.replace("\"", "\"\""))
                .append('"');
        return this;
    }

    /** Ends the line, and sends it sooner or later. */
    void endLine() throws IOException {
        text.append('\n');
        if (text.length() >= PIECE) {
            finish();
        }
    }

    /** Sends what has not been sent. */
    void finish() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    private static boolean needsQuotes(int c) {
        return c == '"' || c == ',' || c == '\n' || c == '\r';
    }
}
