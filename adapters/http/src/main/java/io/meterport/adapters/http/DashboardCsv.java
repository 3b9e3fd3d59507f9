package io.meterport.adapters.http;

import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.application.dashboard.MeterAnswer;
import io.meterport.application.dashboard.Point;
import io.meterport.application.dashboard.Series;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeteredNumber;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Window;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The CSV of one meter of a usage page: for each subject the groups told apart, each with its
 * windows, then all others with the word {@code true} in the column {@code other}. Without windows
 * each group has one line for the whole period. Where all subjects are taken together there is no
 * column for them.
 */
record DashboardCsv(DashboardAnswer page) implements CsvTable {
    @Override
    public int rows() {
        return page.meters().stream()
                .flatMap(DashboardCsv::series)
                .mapToInt(series -> 1 + series.points().size())
                .sum();
    }

    @Override
    public void write(CsvText csv) throws IOException {
        MeterAnswer first = page.meters().getFirst();
        csv.plain("window_start,window_end");
        csv.plain(first.subject().isPresent() ? ",subject" : "");
        for (DimensionKey key : first.groupBy()) {
            csv.plain(",").plain(key.value());
        }
        csv.plain(first.groupBy().isEmpty() ? "" : ",other").plain(",value").endLine();
        for (MeterAnswer answer : page.meters()) {
            write(answer, csv);
        }
    }

    private static Stream<Series> series(MeterAnswer answer) {
        return answer.groupBy().isEmpty()
                ? Stream.of(answer.all())
                : Stream.concat(answer.groups().stream(), answer.other().stream());
    }

    private void write(MeterAnswer answer, CsvText csv) throws IOException {
        if (answer.groupBy().isEmpty()) {
            lines(answer, answer.all(), false, csv);
        }
        for (Series series : answer.groups()) {
            lines(answer, series, false, csv);
        }
        if (answer.other().isPresent()) {
            lines(answer, answer.other().get(), true, csv);
        }
    }

    private void lines(MeterAnswer answer, Series series, boolean other, CsvText csv)
            throws IOException {
        if (page.windowSize().isEmpty()) {
            line(answer, page.period(), series, other, series.total(), csv);
        }
        for (Point point : series.points()) {
            line(answer, point.window(), series, other, point.value(), csv);
        }
    }

    private void line(
            MeterAnswer answer,
            Window window,
            Series series,
            boolean other,
            Optional<BigDecimal> value,
            CsvText csv)
            throws IOException {
        ZoneId zone = page.zone();
        csv.plain(Rfc3339.text(window.start(), zone)).plain(",");
        csv.plain(Rfc3339.text(window.end(), zone));
        answer.subject().map(SubjectKey::value).ifPresent(key -> csv.plain(",").cell(key));
        List<String> group = series.group();
        for (int i = 0; i < answer.groupBy().size(); i++) {
            csv.plain(",").cell(other ? "" : group.get(i));
        }
        csv.plain(answer.groupBy().isEmpty() ? "" : "," + other);
        csv.plain(",").plain(value.map(MeteredNumber::plain).orElse("")).endLine();
    }
}
