package io.meterport.adapters.http;

import io.meterport.application.meter.UsageAnswer;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeteredNumber;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.UsageRow;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;

/**
 * The CSV of a usage answer, in the columns that OpenMeter has.
 *
 * @param displayNames of the registered subjects in the answer; empty leaves the column out
 */
record UsageCsv(UsageAnswer answer, ZoneId zone, Map<SubjectKey, String> displayNames)
        implements CsvTable {
    @Override
    public int rows() {
        return answer.rows().size();
    }

    @Override
    public void write(CsvText csv) throws IOException {
        csv.plain("window_start,window_end");
        csv.plain(answer.query().subjects().apart() ? ",subject" : "");
        csv.plain(displayNames.isEmpty() ? "" : ",subject_display_name");
        for (DimensionKey key : answer.query().groupBy()) {
            csv.plain(",").plain(key.value());
        }
        csv.plain(",value").endLine();
        for (UsageRow row : answer.rows()) {
            write(row, csv);
        }
    }

    private void write(UsageRow row, CsvText csv) throws IOException {
        csv.plain(Rfc3339.text(row.window().start(), zone)).plain(",");
        csv.plain(Rfc3339.text(row.window().end(), zone));
        row.subject().ifPresent(subject -> {
            csv.plain(",").cell(subject.value());
            if (!displayNames.isEmpty()) {
                csv.plain(",").cell(displayNames.getOrDefault(subject, ""));
            }
        });
        for (String value : row.group()) {
            csv.plain(",").cell(value);
        }
        csv.plain(",").plain(MeteredNumber.plain(row.value())).endLine();
    }
}
