package io.meterport.application.dashboard;

import io.meterport.application.meter.MeterName;
import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageReader;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers a usage page's one call for operators, of any subjects. Thread-safe. */
public final class QueryDashboard {
    private final MeterStore meters;
    private final UsageReader usage;
    private final InstantSource time;

    public QueryDashboard(MeterStore meters, UsageReader usage, InstantSource time) {
        this.meters = meters;
        this.usage = usage;
        this.time = time;
    }

    /**
     * The answer, with a part for each meter and subject, or for each meter if no subject is named.
     */
    public DashboardAnswer ask(
            Namespace namespace, List<SubjectKey> subjects, DashboardRequest request) {
        Instant now = time.instant();
        ZoneId zone = request.zone().orElse(ZoneOffset.UTC);
        BillingCalendar months = BillingCalendar.months(zone);
        Window period = request.period().at(now, zone, months);
        MeterPage.Shape shape = new MeterPage.Shape(
                period,
                request.period().before(now, zone, months),
                zone,
                request.windowSize(),
                now.truncatedTo(ChronoUnit.MINUTES));
        Catalog catalog = meters.catalog(namespace);
        List<UsagePage.Part> parts = new ArrayList<>();
        for (SeriesRequest series : request.series()) {
            for (UsageQuery query : queries(series, subjects, period, zone, catalog)) {
                parts.add(new UsagePage.Part(series, query));
            }
        }
        return new UsagePage(shape, parts).read(usage, now);
    }

    private static List<UsageQuery> queries(
            SeriesRequest series,
            List<SubjectKey> subjects,
            Window period,
            ZoneId zone,
            Catalog catalog) {
        Require.that(
                !series.groupBy().contains("subject"),
                "invalid-body",
                "groupBy holds dimensions; name subjects to tell them apart");
        UsageRequest asked = new UsageRequest(
                Optional.of(period.start()),
                Optional.of(period.end()),
                Optional.empty(),
                zone,
                Optional.empty(),
                series.groupBy(),
                series.filters());
        var meter = new MeterName(series.meter()).in(catalog);
        return subjects.isEmpty()
                ? List.of(asked.of(meter))
                : subjects.stream().map(subject -> asked.of(meter, subject)).toList();
    }
}
