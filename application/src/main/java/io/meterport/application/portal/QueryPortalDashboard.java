package io.meterport.application.portal;

import io.meterport.application.dashboard.BillingCalendar;
import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.application.dashboard.DashboardRequest;
import io.meterport.application.dashboard.MeterPage;
import io.meterport.application.dashboard.SeriesRequest;
import io.meterport.application.dashboard.UsagePage;
import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageChanges;
import io.meterport.application.spi.UsageReader;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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
     *
     * @param mediaType in what form it is wanted; forms have tags of their own
     */
    public TaggedAnswer<DashboardAnswer> ask(
            PortalToken token, DashboardRequest request, String mediaType) {
        Instant now = time.instant();
        ZoneId zone = request.zone().or(() -> token.hints().timeZone()).orElse(ZoneOffset.UTC);
        BillingCalendar billing = BillingCalendar.of(token.hints(), zone);
        Window period = request.period().at(now, zone, billing);
        Catalog catalog = meters.catalog(token.namespace());
        PortalMeters allowed = new PortalMeters(token, catalog);
        allowed.requireRange(period, zone);
        request.windowSize().ifPresent(allowed::requireWindow);
        List<UsagePage.Part> parts = new ArrayList<>();
        for (SeriesRequest series : request.series()) {
            Meter meter = allowed.find(series.meter()).orElseThrow(PortalMeters::unknown);
            UsageRequest asked = usageRequest(series, period, zone);
            parts.add(new UsagePage.Part(series, allowed.narrow(meter, asked, now)));
        }
        List<UsageQuery> queries = parts.stream().map(UsagePage.Part::query).toList();
        MeterPage.Shape shape = new MeterPage.Shape(
                period,
                request.period().before(now, zone, billing),
                zone,
                request.windowSize(),
                // Elapsed time is compared by the minute, so that an answer is the same so long.
                now.truncatedTo(ChronoUnit.MINUTES));
        UsageChange change = changes.last(token.namespace(), token.subject(), types(queries));
        return new TaggedAnswer<>(
                tag(token, request, shape, queries, change)
                        .with(catalog.version())
                        .with(mediaType)
                        .text(),
                () -> new UsagePage(shape, parts).read(usage, now));
    }

    private static AnswerTag tag(
            PortalToken token,
            DashboardRequest request,
            MeterPage.Shape shape,
            List<UsageQuery> queries,
            UsageChange change) {
        AnswerTag tag = new AnswerTag()
                .with(change.number())
                .with(token.namespace())
                .with(token.subject())
                .with(request)
                .with(shape.period())
                .with(shape.before())
                .with(shape.zone());
        queries.forEach(query -> tag.with(query.meter().id()).with(query.filters()));
        if (!shape.now().isBefore(settled(shape))) {
            return tag.with("settled");
        }
        boolean compares = request.series().stream().anyMatch(SeriesRequest::compare);
        return compares
                ? tag.with(shape.now())
                : tag.with(shape.size().map(size -> size.at(shape.now(), shape.zone())));
    }

    /** From when on nothing but new events can change the answer: no window is partial then. */
    private static Instant settled(MeterPage.Shape shape) {
        Window period = shape.period();
        return shape.size()
                .map(size -> size.at(period.end().minusNanos(1), shape.zone()).end())
                .orElse(period.end());
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
