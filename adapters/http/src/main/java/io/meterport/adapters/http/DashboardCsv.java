package io.meterport.adapters.http;

import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.application.dashboard.MeterAnswer;
import io.meterport.application.dashboard.Point;
import io.meterport.application.dashboard.Series;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeteredNumber;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Window;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Builds the CSV of one meter's part of a usage page: the groups told apart, each with its windows,
 * then all others with the word {@code true} in the column {@code other}. Without windows each
 * group has one line for the whole period.
 */
final class DashboardCsv {
    private final DashboardAnswer page;
    private final MeterAnswer answer;
    private final SubjectKey subject;
    private final StringBuilder csv = new StringBuilder(4_096);

    private DashboardCsv(DashboardAnswer page, SubjectKey subject) {
        this.page = page;
        this.answer = page.meters().getFirst();
        this.subject = subject;
    }

    static byte[] of(DashboardAnswer page, SubjectKey subject) {
        return new DashboardCsv(page, subject).text().getBytes(StandardCharsets.UTF_8);
    }

    private String text() {
        csv.append("window_start,window_end,subject");
        for (DimensionKey key : answer.groupBy()) {
            csv.append(',').append(key.value());
        }
        csv.append(answer.groupBy().isEmpty() ? "" : ",other").append(",value\n");
        if (answer.groupBy().isEmpty()) {
            lines(answer.all(), false);
        } else {
            answer.groups().forEach(series -> lines(series, false));
            answer.other().ifPresent(series -> lines(series, true));
        }
        return csv.toString();
    }

    private void lines(Series series, boolean other) {
        if (page.windowSize().isEmpty()) {
            line(page.period(), series.group(), other, series.total());
        }
        for (Point point : series.points()) {
            line(point.window(), series.group(), other, point.value());
        }
    }

    private void line(
            Window window, List<String> group, boolean other, Optional<BigDecimal> value) {
        ZoneId zone = page.zone();
        csv.append(Rfc3339.text(window.start(), zone)).append(',');
        csv.append(Rfc3339.text(window.end(), zone)).append(',');
        UsageCsv.cell(subject.value(), csv);
        for (int i = 0; i < answer.groupBy().size(); i++) {
            UsageCsv.cell(other ? "" : group.get(i), csv.append(','));
        }
        if (!answer.groupBy().isEmpty()) {
            csv.append(',').append(other);
        }
        csv.append(',').append(value.map(MeteredNumber::plain).orElse("")).append('\n');
    }
}
