package io.meterport.application.portal;

import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageReader;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.CodePoints;
import io.meterport.domain.usage.UsageQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the values that a dimension has for a token's subject. Thread-safe. */
public final class FindPortalValues {
    private static final Duration DEFAULT_REACH = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final MeterStore meters;
    private final UsageReader usage;
    private final InstantSource time;

    public FindPortalValues(MeterStore meters, UsageReader usage, InstantSource time) {
        this.meters = meters;
        this.usage = usage;
        this.time = time;
    }

    /**
     * The values in the range, each once, in rising order; {@code ""} where events have none.
     * Without {@code from}, those of the 30 days up to {@code to} or now.
     */
    public List<String> values(
            PortalToken token,
            String slug,
            String key,
            Optional<Instant> from,
            Optional<Instant> to) {
        PortalMeters allowed = new PortalMeters(token, meters.catalog(token.namespace()));
        Meter meter = allowed.find(slug).orElseThrow(PortalMeters::unknown);
        Instant now = time.instant();
        Instant end = to.orElse(now);
        Instant start = from.orElseGet(() -> end.minus(reach(token)));
        Require.that(
                !end.isAfter(start.plus(LONGEST)),
                "invalid-range",
                "the range must not be longer than " + LONGEST.toDays() + " days");
        UsageRequest asked = new UsageRequest(
                Optional.of(start),
                to,
                Optional.empty(),
                ZoneOffset.UTC,
                Optional.empty(),
                List.of(key),
                Map.of());
        UsageQuery query = allowed.narrow(meter, asked, now);
        Require.that(
                !query.groupBy().isEmpty(),
                "unknown-dimension",
                "The meter has no such dimension.");
        return usage.read(query).stream()
                .map(reading -> reading.group().getFirst())
                .distinct()
                .sorted(CodePoints::compare)
                .toList();
    }

    private static Duration reach(PortalToken token) {
        return token.restrictions()
                .longestRange()
                .filter(longest -> longest.compareTo(DEFAULT_REACH) < 0)
                .orElse(DEFAULT_REACH);
    }
}
