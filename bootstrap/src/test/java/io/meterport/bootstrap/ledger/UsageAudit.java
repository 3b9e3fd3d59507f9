package io.meterport.bootstrap.ledger;

import io.meterport.bootstrap.ledger.Caller.Unanswered;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for every meter, subject and window, and compares with {@link Usage} over the ledger. */
final class UsageAudit {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final List<DimensionKey> BY_MODEL = List.of(new DimensionKey("model"));

    private final Caller caller;
    private final Collection<Event> events;
    private final Instant latest;

    UsageAudit(Caller caller, Collection<Event> events) {
        this.caller = caller;
        this.events = events;
        this.latest = events.stream().map(Event::time).max(Instant::compareTo).orElseThrow();
    }

    List<String> violations() {
        List<String> found = new ArrayList<>();
        for (Meter meter : Meters.all()) {
            for (UsageQuery query : queries(meter)) {
                compare(query).ifPresent(found::add);
            }
        }
        return found;
    }

    /** All time by hour and by day, the present by minute, and a range with ragged ends. */
    private List<UsageQuery> queries(Meter meter) {
        Instant ragged = latest.minus(Traffic.RAGGED).truncatedTo(ChronoUnit.MICROS);
        return List.of(
                query(meter, Optional.empty(), new Windowing.By(WindowSize.HOUR, UTC), BY_MODEL),
                query(meter, Optional.empty(), new Windowing.By(WindowSize.DAY, Traffic.ZONE)),
                query(
                        meter,
                        Optional.of(latest.minus(Traffic.RECENT).truncatedTo(ChronoUnit.MINUTES)),
                        new Windowing.By(WindowSize.MINUTE, UTC)),
                query(meter, Optional.of(ragged), new Windowing.Whole(), BY_MODEL));
    }

    private static UsageQuery query(
            Meter meter, Optional<Instant> from, Windowing windowing, List<DimensionKey> groupBy) {
        return new UsageQuery(
                meter, new Subjects.Each(), from, Optional.empty(), windowing, groupBy, Map.of());
    }

    private static UsageQuery query(Meter meter, Optional<Instant> from, Windowing windowing) {
        return query(meter, from, windowing, List.of());
    }

    private Optional<String> compare(UsageQuery query) {
        List<UsageRow> expected = Usage.of(query, events).stream()
                .map(row -> new UsageRow(
                        row.window(), row.subject(), row.group(), row.value().stripTrailingZeros()))
                .toList();
        List<UsageRow> answered = Answers.rows(ask(path(query)));
        if (expected.equals(answered)) {
            return Optional.empty();
        }
        List<UsageRow> missing = new ArrayList<>(expected);
        missing.removeAll(answered);
        List<UsageRow> added = new ArrayList<>(answered);
        added.removeAll(expected);
        return Optional.of("V3: %s: expected %s, answered %s"
                .formatted(
                        path(query),
                        missing.stream().limit(3).toList(),
                        added.stream().limit(3).toList()));
    }

    private static String path(UsageQuery query) {
        StringBuilder path = new StringBuilder("/api/v1/meters/")
                .append(query.meter().slug())
                .append("/query?groupBy=subject");
        query.groupBy().forEach(key -> path.append("&groupBy=").append(key));
        query.from().ifPresent(from -> path.append("&from=").append(from));
        if (query.windowing() instanceof Windowing.By by) {
            path.append("&windowSize=").append(by.size());
            path.append("&windowTimeZone=").append(by.zone().getId().replace("/", "%2F"));
        }
        return path.toString();
    }

    private String ask(String path) {
        try {
            int status = caller.get(path);
            if (status != 200) {
                throw new IllegalStateException(path + ": " + status + " " + caller.body());
            }
            return caller.body();
        } catch (Unanswered e) {
            throw new IllegalStateException(path, e);
        }
    }
}
