package io.meterport.bootstrap.bench;

import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.MeterSample;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.Together;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many events of workload W a second the embedded store takes from threads of its own process:
 * events are made beforehand and get a new id each time, so that neither HTTP nor JSON is in it.
 */
final class WriterAlone {
    private static final int THREADS = 8;
    private static final int BATCH = 1_000;
    private static final int BATCHES_MADE = 8;
    private static final int COUNTED = 3;
    private static final String TYPE = "prompt";
    private static final int NOTE_BYTES = 180;

    private final SqliteStorage storage;
    private final Catalog catalog;

    private WriterAlone(SqliteStorage storage) {
        this.storage = storage;
        StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
        driver.define(Samples.meter("tokens")
                .number(1)
                .type(TYPE)
                .by(new Aggregation.Sum(PropertyPath.of("$.tokens")))
                .dimensions("model"));
        MeterSample prompts = Samples.meter("prompts").number(2).type(TYPE).dimensions("model");
        driver.define(prompts);
        driver.finishBuilds();
        this.catalog = storage.meters().catalog(Namespace.DEFAULT);
    }

    /** The median of three rates; a first one is not counted. */
    static double eventsPerSecond(Path folder, Duration time) {
        try (SqliteStorage storage =
                SqliteStorage.open(SqliteOptions.at(folder), InstantSource.system())) {
            WriterAlone writer = new WriterAlone(storage);
            var _ = writer.rate(time);
            double[] rates = new double[COUNTED];
            for (int i = 0; i < COUNTED; i++) {
                rates[i] = writer.rate(time);
            }
            Arrays.sort(rates);
            return rates[COUNTED / 2];
        }
    }

    private double rate(Duration time) {
        AtomicLong stored = new AtomicLong();
        long[] seeds = new SplittableRandom(UUID.randomUUID().getLeastSignificantBits())
                .longs(THREADS)
                .toArray();
        List<List<List<MeteredEvent>>> made = Arrays.stream(seeds)
                .mapToObj(seed -> made(new SplittableRandom(seed)))
                .toList();
        long start = System.nanoTime();
        var _ = Together.run(THREADS, thread -> {
            SplittableRandom ids = new SplittableRandom(~seeds[thread]);
            for (int turn = 0; System.nanoTime() - start < time.toNanos(); turn++) {
                List<MeteredEvent> again = made.get(thread).get(turn % BATCHES_MADE);
                stored.addAndGet(storage.events().append(renewed(again, ids)));
            }
            return true;
        });
        return stored.get() / ((System.nanoTime() - start) / 1e9);
    }

    private EventBatch renewed(List<MeteredEvent> events, SplittableRandom ids) {
        List<MeteredEvent> renewed = new ArrayList<>(events.size());
        for (MeteredEvent each : events) {
            Event old = each.event();
            String id = new UUID(ids.nextLong(), ids.nextLong()).toString();
            Event event = new Event(
                    new EventKey(old.key().source(), id),
                    old.type(),
                    old.subject(),
                    old.time(),
                    old.data());
            renewed.add(new MeteredEvent(event, each.contributions()));
        }
        return new EventBatch(Namespace.DEFAULT, catalog.version(), Instant.now(), renewed);
    }

    private List<List<MeteredEvent>> made(SplittableRandom random) {
        Instant end = Instant.now();
        List<List<MeteredEvent>> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES_MADE; i++) {
            List<MeteredEvent> batch = new ArrayList<>(BATCH);
            for (int j = 0; j < BATCH; j++) {
                Event event = event(random, end);
                batch.add(MeteredEvent.of(event, catalog.counting(event.type())));
            }
            batches.add(batch);
        }
        return batches;
    }

    private static Event event(SplittableRandom random, Instant end) {
        // Exponent 1 of Zipf's law, near enough: the logarithm of the rank is even.
        int rank = (int) Math.pow(Workload.SUBJECTS, random.nextDouble()) - 1;
        return new Event(
                new EventKey("api-gateway-" + random.nextInt(8), "0"),
                new EventType(TYPE),
                new SubjectKey(Workload.subject(rank)),
                end.minusNanos(1_000L * random.nextLong(Duration.ofHours(1).toNanos() / 1_000)),
                Optional.of(Samples.data(
                        "tokens",
                        random.nextInt(1, 5_000),
                        "model",
                        "model-" + random.nextInt(Workload.MODELS),
                        "request",
                        Long.toHexString(random.nextLong()),
                        "note",
                        "n".repeat(NOTE_BYTES))));
    }
}
