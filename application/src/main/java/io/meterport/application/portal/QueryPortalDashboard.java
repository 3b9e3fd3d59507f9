package io.meterport.application.portal;

import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.application.dashboard.DashboardRequest;
import io.meterport.application.dashboard.MeterAnswer;
import io.meterport.application.dashboard.MeterPage;
import io.meterport.application.dashboard.SeriesRequest;
import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageChanges;
import io.meterport.application.spi.UsageReader;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.Billing;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers a usage page's one call, about the token's own subject. Thread-safe. */
public final class QueryPortalDashboard {
    private final MeterStore meters;
    private final UsageReader usage;
    private final UsageChanges changes;
    private final InstantSource time;

    public QueryPortalDashboard(
            MeterStore meters, UsageReader usage, UsageChanges changes, InstantSource time) {
        this.meters = meters;
        this.usage = usage;
        this.changes = changes;
        this.time = time;
    }

    /**
     * The answer; one meter that the token may not read, or that does not exist, refuses it all.
     */
    public DashboardAnswer ask(PortalToken token, DashboardRequest request) {
        Instant now = time.instant();
        ZoneId zone = request.zone().or(() -> token.hints().timeZone()).orElse(ZoneOffset.UTC);
        Billing billing = token.hints().billing().orElse(Billing.CALENDAR_MONTHS);
        Window period = request.period().at(now, zone, billing);
        PortalMeters allowed = new PortalMeters(token, meters.catalog(token.namespace()));
        allowed.requireRange(period);
        request.windowSize().ifPresent(allowed::requireWindow);
        List<UsageQuery> queries = new ArrayList<>();
        for (SeriesRequest series : request.series()) {
            Meter meter = allowed.find(series.meter()).orElseThrow(PortalMeters::unknown);
            queries.add(allowed.narrow(meter, usageRequest(series, period, zone), now));
        }
        MeterPage.Shape shape = new MeterPage.Shape(
                period,
                request.period().before(now, zone, billing),
                zone,
                request.windowSize(),
                now);
        UsageChange change = changes.last(token.namespace(), token.subject(), types(queries));
        List<MeterAnswer> answers = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            answers.add(
                    new MeterPage(usage, shape, request.series().get(i)).answer(queries.get(i)));
        }
        return new DashboardAnswer(period, zone, request.windowSize(), change.at(), now, answers);
    }

    private static Set<EventType> types(List<UsageQuery> queries) {
        return queries.stream()
                .map(query -> query.meter().eventType())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static UsageRequest usageRequest(SeriesRequest series, Window period, ZoneId zone) {
        return new UsageRequest(
                Optional.of(period.start()),
                Optional.of(period.end()),
                Optional.empty(),
                zone,
                Optional.empty(),
                series.groupBy(),
                series.filters());
    }
}
