package io.meterport.domain.usage;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Moments aimed at changes of clocks, in every zone there is. */
final class ZonesWithChanges {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2040-01-01T00:00:00Z");

    /** A zone and a moment near to one of its changes. */
    record Moment(ZoneId zone, Instant at) {}

    private ZonesWithChanges() {}

    static Arbitrary<Moment> moments() {
        List<String> ids = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        return Arbitraries.of(ids)
                .map(ZoneId::of)
                .flatMap(zone -> near(zone).map(at -> new Moment(zone, at)));
    }

    static Arbitrary<Instant> near(ZoneId zone) {
        Arbitrary<Long> offsets = Arbitraries.oneOf(
                Arbitraries.of(
                        0L, 1L, -1L, 60_000_000L, -60_000_000L, 1_800_000_000L, -1_800_000_000L),
                Arbitraries.longs().between(-7_200_000_000L, 7_200_000_000L),
                Arbitraries.longs().between(-200_000_000_000L, 200_000_000_000L));
        return Combinators.combine(Arbitraries.of(changes(zone)), offsets)
                .as((change, micros) -> change.plus(micros, ChronoUnit.MICROS));
    }

    private static List<Instant> changes(ZoneId zone) {
        List<Instant> changes = new ArrayList<>();
        ZoneOffsetTransition next = zone.getRules().nextTransition(FIRST);
        while (next != null && next.getInstant().isBefore(LAST)) {
            changes.add(next.getInstant());
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes.isEmpty() ? List.of(Instant.parse("2024-02-29T00:00:00Z")) : changes;
    }
}
