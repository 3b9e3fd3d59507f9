package io.meterport.domain;

import io.meterport.application.spi.Samples;
import io.meterport.domain.event.Event;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the domain does for a request of the portal. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DomainLoops {
    private static final int EVENTS = 1_000;

    @Param({"UTC", "America/New_York"})
    private String zone;

    private String token;
    private byte[] hash;
    private Window month;
    private ZoneId id;
    private UsageQuery query;
    private final List<Event> events = new ArrayList<>();

    @Setup
    public void prepare() {
        TokenSecret secret = TokenSecret.of(TokenSecret.Kind.PORTAL, Samples.ulid(7), new byte[32]);
        token = secret.text();
        hash = secret.hash(Namespace.DEFAULT);
        id = ZoneId.of(zone);
        Instant to = Samples.NOON.atZone(id).toLocalDate().atStartOfDay(id).toInstant();
        month = new Window(to.atZone(id).minusDays(31).toInstant(), to);
        query = new UsageQuery(
                Samples.meter("requests").meter(),
                Samples.only("alice"),
                Optional.of(month.start()),
                Optional.of(month.end()),
                new Windowing.By(WindowSize.DAY, id),
                List.of(),
                Map.of());
        Duration step = Duration.between(month.start(), month.end()).dividedBy(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            events.add(Samples.event("e" + i)
                    .at(month.start().plus(step.multipliedBy(i)))
                    .event());
        }
    }

    /** A credential's form and checksum, and whether it is the one whose hash is stored. */
    @Benchmark
    public boolean parseAndCheckToken() {
        return TokenSecret.parse(TokenSecret.Kind.PORTAL, token)
                .orElseThrow()
                .matches(Namespace.DEFAULT, hash);
    }

    /** A month cut into days. */
    @Benchmark
    public List<Window> splitMonthIntoDays() {
        return WindowSize.DAY.split(month, id, 100);
    }

    /** The reference semantics: 1,000 events of one subject in 31 days. */
    @Benchmark
    public List<UsageRow> usageOf1000Events() {
        return Usage.of(query, events);
    }
}
