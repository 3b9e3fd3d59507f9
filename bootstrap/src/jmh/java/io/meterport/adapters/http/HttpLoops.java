package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonItems;
import io.meterport.application.meter.UsageAnswer;
import io.meterport.application.spi.Samples;
import io.meterport.bootstrap.bench.Workload;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done for each event that comes in, and for each answer that goes out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HttpLoops {
    private static final int BATCH = 1_000;
    private static final Instant NOON = Samples.NOON;

    @Param({"UTC", "America/New_York"})
    private String zone;

    private byte[] batch;
    private UsageParams params;
    private UsageAnswer answer;

    @Setup
    public void prepare() {
        batch = new Workload(1, NOON, Duration.ofHours(1)).batch(BATCH);
        Meter meter = Samples.meter("prompts").meter();
        ZoneId id = ZoneId.of(zone);
        Instant to = NOON.atZone(id).toLocalDate().atStartOfDay(id).toInstant();
        Instant from = to.atZone(id).minusDays(31).toInstant();
        var windowing = new Windowing.By(WindowSize.DAY, id);
        UsageQuery query = new UsageQuery(
                meter,
                Samples.only("customer-0001"),
                Optional.of(from),
                Optional.of(to),
                windowing,
                List.of(),
                Map.of());
        List<UsageRow> rows = new ArrayList<>();
        for (Window window : WindowSize.DAY.split(new Window(from, to), id, 100)) {
            rows.add(new UsageRow(
                    window,
                    Optional.of(Samples.subject("customer-0001")),
                    List.of(),
                    BigDecimal.valueOf(rows.size() * 1_234_567L, 2)));
        }
        answer = new UsageAnswer(query, rows);
        params = new UsageParams(
                Optional.of(OffsetDateTime.ofInstant(from, ZoneOffset.UTC)),
                Optional.of(OffsetDateTime.ofInstant(to, ZoneOffset.UTC)),
                Optional.of(WindowSize.DAY),
                id,
                Optional.empty(),
                List.of(),
                Map.of());
    }

    /** From the bytes of a batch to its events, for each event. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Event> decodeEvent() {
        List<Event> events = new ArrayList<>(BATCH);
        try (JsonItems items = JsonItems.of(batch)) {
            while (items.hasNext()) {
                events.add(CloudEventJson.read(items.next(), NOON, ""));
            }
        }
        return events;
    }

    /** An answer with 31 rows, to bytes. */
    @Benchmark
    public byte[] writeAnswerOf31Days() {
        return UsageJson.of(params, answer);
    }
}
