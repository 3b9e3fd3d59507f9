package io.meterport.application.meter;

import io.meterport.application.spi.EventReader;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.Retention;
import io.meterport.application.spi.UsageReader;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.CodePoints;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.Windowing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds meters, and the subjects and dimension values that they have seen. Thread-safe. */
public final class FindMeters {
    private static final Duration VALUES_DEFAULT = Duration.ofHours(24);
    private static final Duration VALUES_REACH = Duration.ofDays(90);
    private static final Duration VALUES_SPAN = Duration.ofDays(30);

    private final MeterStore meters;
    private final MeterBuilds builds;
    private final EventReader history;
    private final UsageReader usage;
    private final Retention retention;
    private final InstantSource time;

    public FindMeters(
            MeterStore meters,
            MeterBuilds builds,
            EventReader history,
            UsageReader usage,
            Retention retention,
            InstantSource time) {
        this.meters = meters;
        this.builds = builds;
        this.history = history;
        this.usage = usage;
        this.retention = retention;
        this.time = time;
    }

    /** A page of meters; pages count from 1. */
    public List<FoundMeter> page(
            Namespace namespace,
            MeterOrder order,
            boolean falling,
            boolean withDeleted,
            Page page) {
        Comparator<Meter> comparator = order.comparator();
        return meters.all(namespace, withDeleted).stream()
                .sorted(falling ? comparator.reversed() : comparator)
                .skip(page.skip())
                .limit(page.size())
                .map(this::found)
                .toList();
    }

    /** The live meter of that name, or the deleted one of that id; or {@code unknown-meter}. */
    public FoundMeter named(Namespace namespace, MeterName name) {
        return name.slug()
                .flatMap(slug -> meters.catalog(namespace).find(slug))
                .or(() -> name.id().flatMap(id -> meters.find(namespace, id)))
                .map(this::found)
                .orElseThrow(name::unknown);
    }

    /** The meter with its progress, as it is now. */
    public FoundMeter found(Meter meter) {
        return meter.isLive()
                ? new FoundMeter(meter, builds.progress(meter.id()), retention.dataFrom(meter.id()))
                : new FoundMeter(meter, Optional.empty(), Optional.empty());
    }

    /** The subjects with events of the meter's type in the range, each once, in rising order. */
    public List<SubjectKey> subjects(
            Namespace namespace, MeterName name, Optional<Instant> from, Optional<Instant> to) {
        Meter meter = name.in(meters.catalog(namespace));
        Window range = query(meter, from, to, List.of()).range();
        Window all = new Window(from.orElse(Instant.EPOCH), range.end());
        return history.subjects(namespace, meter.eventType(), all);
    }

    /**
     * The values that the dimension has in the range, each once, in rising order; {@code ""} where
     * events have none. Without bounds, those of the last 24 hours.
     */
    public List<String> values(
            Namespace namespace,
            MeterName name,
            String key,
            Optional<Instant> from,
            Optional<Instant> to) {
        Meter meter = name.in(meters.catalog(namespace));
        Instant now = time.instant();
        Optional<Instant> start =
                from.isEmpty() && to.isEmpty() ? Optional.of(now.minus(VALUES_DEFAULT)) : from;
        requireNear(start, to, now);
        DimensionKey dimension = UsageRequest.dimension(meter, key, "invalid group by: ");
        return usage.read(query(meter, start, to, List.of(dimension))).stream()
                .map(reading -> reading.group().getFirst())
                .distinct()
                .sorted(CodePoints::compare)
                .toList();
    }

    private static void requireNear(Optional<Instant> from, Optional<Instant> to, Instant now) {
        Require.that(
                from.map(start -> start.isAfter(now.minus(VALUES_REACH))).orElse(true),
                "invalid-range",
                "from must lie within the last 90 days");
        Instant start = from.orElse(Instant.EPOCH);
        Instant end = to.orElse(now);
        Require.that(
                !end.isAfter(start.plus(VALUES_SPAN)),
                "invalid-range",
                "the range must not be longer than 30 days");
    }

    private static UsageQuery query(
            Meter meter, Optional<Instant> from, Optional<Instant> to, List<DimensionKey> groupBy) {
        return new UsageQuery(
                meter, new Subjects.Together(), from, to, new Windowing.Whole(), groupBy, Map.of());
    }
}
