package io.meterport.application.spi;

import io.meterport.application.spi.Scenarios.Range;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Moments at which a zone's clocks were changed, and moments and ranges close to them. */
public final class ClockChanges {
    private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("2031-01-01T00:00:00Z");
    private static final Instant EARLIEST_EVENT = Instant.EPOCH.plus(1, ChronoUnit.MICROS);
    private static final long HOUR_MICROS = 3_600_000_000L;

    /** Halves of hours, midnights that never were, lost days, offsets in seconds. */
    private static final List<String> ZONES = List.of(
            "UTC",
            "America/New_York",
            "Europe/London",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "America/Caracas",
            "Pacific/Apia",
            "Africa/Cairo",
            "Asia/Beirut",
            "America/Havana",
            "America/Sao_Paulo",
            "America/St_Johns",
            "Antarctica/Troll",
            "Asia/Pyongyang",
            "Africa/Monrovia",
            "Africa/Casablanca");

    private ClockChanges() {}

    /** A change of some zone's clocks. */
    public static Arbitrary<Change> any() {
        return zones().flatMap(
                        zone -> Arbitraries.of(moments(zone)).map(at -> new Change(zone, at)));
    }

    /** Zones in which time was cut in strange ways. */
    public static Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of);
    }

    /** Every change since 1970; where there was none, some moment. */
    private static List<Instant> moments(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<Instant> moments = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(FIRST);
        while (next != null && next.getInstant().isBefore(LAST)) {
            moments.add(next.getInstant());
            next = rules.nextTransition(next.getInstant());
        }
        return moments.isEmpty() ? List.of(Instant.parse("2024-02-29T00:00:00Z")) : moments;
    }

    /** One change. */
    public record Change(ZoneId zone, Instant at) {
        /** Times close to it, or to the edges of the windows around it; events can have them. */
        public Arbitrary<Instant> times() {
            return Combinators.combine(Arbitraries.of(edges()), offsets())
                    .as((edge, micros) -> edge.plus(micros, ChronoUnit.MICROS))
                    .map(time -> time.isBefore(EARLIEST_EVENT) ? EARLIEST_EVENT : time);
        }

        /** Ranges that begin and end close to it, or far away, or nowhere. */
        public Arbitrary<Range> ranges() {
            Arbitrary<Instant> far = Arbitraries.integers()
                    .between(-400, 400)
                    .map(days -> at.plus(days, ChronoUnit.DAYS));
            Arbitrary<Optional<Instant>> ends = Arbitraries.frequencyOf(
                            Tuple.of(6, times()), Tuple.of(1, far))
                    .optional(0.8);
            return Combinators.combine(ends, ends).as(Change::range);
        }

        private static Range range(Optional<Instant> a, Optional<Instant> b) {
            if (a.isEmpty() || b.isEmpty() || a.get().isBefore(b.get())) {
                return new Range(a, b);
            }
            return a.equals(b)
                    ? new Range(a, b.map(end -> end.plus(1, ChronoUnit.MICROS)))
                    : new Range(b, a);
        }

        private List<Instant> edges() {
            List<Instant> edges = new ArrayList<>();
            edges.add(at);
            for (WindowSize size : WindowSize.values()) {
                Window after = size.at(at, zone);
                Window before = size.at(at.minusNanos(1_000), zone);
                edges.add(before.start());
                edges.add(after.end());
                if (size != WindowSize.MONTH) {
                    edges.add(size.at(after.end(), zone).end());
                }
            }
            return edges.stream()
                    .filter(edge -> Math.abs(ChronoUnit.DAYS.between(at, edge)) < 3)
                    .distinct()
                    .toList();
        }

        private static Arbitrary<Long> offsets() {
            return Arbitraries.frequencyOf(
                    Tuple.of(
                            3,
                            Arbitraries.of(
                                    0L, 1L, -1L, 999_999L, -1_000_000L, 60_000_000L, -60_000_000L)),
                    Tuple.of(2, Arbitraries.longs().between(-2 * HOUR_MICROS, 2 * HOUR_MICROS)),
                    Tuple.of(1, Arbitraries.longs().between(-40 * HOUR_MICROS, 40 * HOUR_MICROS)),
                    Tuple.of(
                            1,
                            Arbitraries.integers()
                                    .between(-30, 30)
                                    .map(hours -> hours * HOUR_MICROS)));
        }
    }
}
