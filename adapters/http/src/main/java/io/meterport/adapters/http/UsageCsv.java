package io.meterport.adapters.http;

import io.meterport.application.meter.UsageAnswer;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeteredNumber;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.UsageRow;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;

/**
 * Builds the CSV of a usage answer (RFC 4180, lines end with LF). Text that a spreadsheet would take
 * for a formula gets an apostrophe in front.
 */
final class UsageCsv {
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private UsageCsv() {}

    /**
     * The whole text.
     *
     * @param displayNames of the registered subjects in the answer; empty leaves the column out
     */
    static byte[] of(UsageAnswer answer, ZoneId zone, Map<SubjectKey, String> displayNames) {
        StringBuilder csv = new StringBuilder(128 + 96 * answer.rows().size());
        boolean apart = answer.query().subjects().apart();
        csv.append("window_start,window_end");
        if (apart) {
            csv.append(",subject");
        }
        if (!displayNames.isEmpty()) {
            csv.append(",subject_display_name");
        }
        for (DimensionKey key : answer.query().groupBy()) {
            csv.append(',').append(key.value());
        }
        csv.append(",value\n");
        for (UsageRow row : answer.rows()) {
            append(row, zone, displayNames, csv);
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(
            UsageRow row, ZoneId zone, Map<SubjectKey, String> displayNames, StringBuilder csv) {
        csv.append(Rfc3339.text(row.window().start(), zone)).append(',');
        csv.append(Rfc3339.text(row.window().end(), zone));
        row.subject().ifPresent(subject -> {
            cell(subject.value(), csv.append(','));
            if (!displayNames.isEmpty()) {
                cell(displayNames.getOrDefault(subject, ""), csv.append(','));
            }
        });
        for (String value : row.group()) {
            cell(value, csv.append(','));
        }
        csv.append(',').append(MeteredNumber.plain(row.value())).append('\n');
    }

    /** Appends a cell, quoted where it has to be. */
    static void cell(String text, StringBuilder csv) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        if (!formula && text.chars().noneMatch(UsageCsv::needsQuotes)) {
            csv.append(text);
            return;
        }
        csv.append('"')
                .append(formula ? "'" : "")
                .append(text.replace("\"", "\"\""))
                .append('"');
    }

    private static boolean needsQuotes(int c) {
        return c == '"' || c == ',' || c == '\n' || c == '\r';
    }
}
