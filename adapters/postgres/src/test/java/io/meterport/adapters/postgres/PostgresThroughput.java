package io.meterport.adapters.postgres;

import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the storage alone, without HTTP: how many events of workload W it takes a second, and how
 * long a portal query of 31 daily windows takes. To be run by hand, with the number of events to
 * store, how many seconds their times are spread over, how many callers send at a time, and to how
 * many nodes on the one database. The server of the tests does not wait for its disk.
 */
final class PostgresThroughput {
    private static final Instant END = Instant.parse("2026-01-31T23:59:00Z");
    private static final int SUBJECTS = 1_000;
    private static final int BATCH = 1_000;
    private static final int SEGMENT = 100_000;
    private static final EventType TYPE = new EventType("request");

    private final double[] zipf = new double[SUBJECTS];
    private final long spreadSeconds;

    private PostgresThroughput(long spreadSeconds) {
        this.spreadSeconds = spreadSeconds;
        double sum = 0;
        for (int i = 0; i < SUBJECTS; i++) {
            sum += 1.0 / (i + 1);
            zipf[i] = sum;
        }
    }

    public static void main(String... arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300_000;
        long spread = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3_600;
        int callers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
        int count = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        String database = Databases.newDatabase();
        List<PostgresStorage> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(Databases.open(database, END));
        }
        try {
            PostgresThroughput check = new PostgresThroughput(spread);
            check.define(nodes.getFirst());
            check.write(nodes, events, callers);
            for (String zone : List.of("UTC", "America/New_York", "Asia/Kathmandu")) {
                check.read(nodes.getFirst(), ZoneId.of(zone), List.of());
            }
            check.read(nodes.getFirst(), ZoneId.of("UTC"), List.of(new DimensionKey("model")));
        } finally {
            nodes.forEach(PostgresStorage::close);
        }
    }

    private void define(PostgresStorage storage) {
        storage.meters()
                .change(
                        new MeterChange.Define(meter(
                                1, "tokens", new Aggregation.Sum(PropertyPath.of("$.tokens")))),
                        "tests");
        storage.meters()
                .change(
                        new MeterChange.Define(meter(2, "requests", new Aggregation.Count())),
                        "tests");
    }

    private static Meter meter(int number, String slug, Aggregation aggregation) {
        return new Meter(
                new MeterId("0".repeat(25) + number),
                Namespace.DEFAULT,
                new MeterSlug(slug),
                slug,
                Optional.empty(),
                TYPE,
                Optional.empty(),
                aggregation,
                List.of(new Dimension(new DimensionKey("model"), PropertyPath.of("$.model"))),
                Optional.empty(),
                END,
                END,
                Optional.empty());
    }

    /** Batches are made before the clock starts, since making them costs more than storing them. */
    private void write(List<PostgresStorage> nodes, int events, int callers) throws Exception {
        Random random = new Random(1);
        Catalog catalog = nodes.getFirst().meters().catalog(Namespace.DEFAULT);
        long total = 0;
        for (int from = 0; from < events; from += SEGMENT) {
            List<EventBatch> batches = new ArrayList<>();
            for (int i = 0; i < SEGMENT / BATCH; i++) {
                batches.add(batch(random, catalog));
            }
            long start = System.nanoTime();
            try (ExecutorService pool = Executors.newFixedThreadPool(callers)) {
                List<Future<Integer>> sent = new ArrayList<>();
                for (EventBatch batch : batches) {
                    PostgresStorage node = nodes.get(sent.size() % nodes.size());
                    sent.add(pool.submit(() -> node.events().append(batch)));
                }
                for (Future<Integer> each : sent) {
                    each.get();
                }
            }
            long nanos = System.nanoTime() - start;
            total += nanos;
            System.out.printf(
                    "%,d events stored: %,d events/s%n",
                    from + SEGMENT, SEGMENT * 1_000_000_000L / nanos);
        }
        System.out.printf("overall %,d events/s%n", events * 1_000_000_000L / total);
    }

    private EventBatch batch(Random random, Catalog catalog) {
        List<MeteredEvent> events = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            events.add(MeteredEvent.of(event(random), catalog.counting(TYPE)));
        }
        return new EventBatch(Namespace.DEFAULT, catalog.version(), END, events);
    }

    private Event event(Random random) {
        Map<String, Json> data = new LinkedHashMap<>();
        data.put("model", new Json.Text("model-" + random.nextInt(10)));
        data.put("tokens", new Json.Num(BigDecimal.valueOf(random.nextInt(100_000), 2)));
        data.put("path", new Json.Text("/v1/chat/completions"));
        data.put("region", new Json.Text("eu-central-" + random.nextInt(3)));
        data.put("trace", new Json.Text(new UUID(random.nextLong(), random.nextLong()).toString()));
        return new Event(
                new EventKey(
                        "https://api.example.com/gateway",
                        new UUID(random.nextLong(), random.nextLong()).toString()),
                TYPE,
                new SubjectKey("customer-" + subject(random)),
                END.minusMillis(random.nextLong(spreadSeconds * 1_000)),
                Optional.of(new Json.Obj(data)));
    }

    private int subject(Random random) {
        double at = random.nextDouble() * zipf[SUBJECTS - 1];
        int found = java.util.Arrays.binarySearch(zipf, at);
        return found >= 0 ? found : -found - 1;
    }

    private void read(PostgresStorage storage, ZoneId zone, List<DimensionKey> groupBy) {
        Meter meter = storage.meters().catalog(Namespace.DEFAULT).meters().getFirst();
        Instant to =
                END.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        Random random = new Random(2);
        int rounds = 1_000;
        long best = Long.MAX_VALUE;
        long rows = 0;
        for (int warm = 0; warm < 3; warm++) {
            long start = System.nanoTime();
            rows = 0;
            for (int i = 0; i < rounds; i++) {
                rows += storage.usage()
                        .read(new UsageQuery(
                                meter,
                                new Subjects.Only(
                                        Set.of(new SubjectKey("customer-" + subject(random)))),
                                Optional.of(to.minus(Duration.ofDays(31))),
                                Optional.of(to),
                                new Windowing.By(WindowSize.DAY, zone),
                                groupBy,
                                Map.of()))
                        .size();
            }
            best = Math.min(best, (System.nanoTime() - start) / rounds);
        }
        System.out.printf(
                "31 days in %s %s: %.1f us, %.1f rows%n",
                zone, groupBy, best / 1_000.0, rows / (double) rounds);
    }
}
