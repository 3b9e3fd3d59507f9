package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.NOON;
import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.only;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.application.Refusals;
import io.meterport.application.Threat;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.WindowSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flood of dimension values meets its cap, and every number stays exact. */
public abstract class CombinationCapContract {
    private static final String OTHER = CombinationCap.OTHER;
    private static final MeterSample TOTAL = meter("total").sum().dimensions("model", "region");
    private static final List<Aggregation> AGGREGATIONS = List.of(
            new Aggregation.Count(),
            new Aggregation.Sum(MeterSample.VALUE),
            new Aggregation.Avg(MeterSample.VALUE),
            new Aggregation.Max(MeterSample.VALUE),
            new Aggregation.Latest(MeterSample.VALUE),
            new Aggregation.UniqueCount(MeterSample.VALUE));

    private WholeStorage storage;
    private StorageDriver driver;

    /**
     * Opens the storage of that name, which keeps what it had when it was open before.
     *
     * @param options in its own section, beside those that say where it is
     */
    protected abstract WholeStorage open(String name, Map<String, String> options);

    /** The package that warns the operator. */
    protected abstract String logger();

    @AfterEach
    void close() {
        if (storage != null) {
            storage.close();
        }
    }

    @Threat("E22")
    @Test
    void countsWhatIsBeyondTheCapUnderAValueOfItsOwn() {
        open("capped", "2", "fold");
        Meter total = driver.define(TOTAL);

        for (int i = 1; i <= 5; i++) {
            driver.send(event("e" + i).with("value", i, "model", "m" + i, "region", "eu"));
        }
        driver.send(event("again").with("value", 100, "model", "m1", "region", "eu"));

        assertThat(answer(query(total).groupBy("model")))
                .containsExactlyInAnyOrder("[m1] 101", "[m2] 2", "[" + OTHER + "] 12");
        assertThat(answer(query(total).groupBy("region")))
                .containsExactlyInAnyOrder("[eu] 103", "[" + OTHER + "] 12");
        assertThat(answer(query(total))).containsExactly("[] 115");
        assertThat(answer(query(total).where("model", Filter.eq("m3")))).isEmpty();
        assertThat(storage.events().builds().mostCombinations()).isEqualTo(3);
        assertThat(storage.events().builds().folding()).isEqualTo(1);
        assertThat(storage.events().verification().verify().differences()).isEmpty();
    }

    @Threat("E22")
    @Test
    void answersWhatUsageSaysOfTheFoldedEventsWhateverIsAskedAndHoweverItWasStored() {
        for (int seed = 0; seed < 18; seed++) {
            close();
            new Tale(new Random(seed), seed).play();
        }
    }

    @Threat("E22")
    @Test
    void keepsEveryTotalWhileManySendAndOldEventsAreCounted() throws Exception {
        open("crowd", "20", "fold");
        Random random = new Random(7);
        List<Event> old = events(random, "old", 400, 60);
        driver.send(Namespace.DEFAULT, old);
        Meter total = driver.define(TOTAL);
        List<Event> fresh = events(random, "new", 800, 60);

        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int sender = 0; sender < 8; sender++) {
                int first = sender * 100;
                sent.add(senders.submit((Callable<Integer>) () -> {
                    int stored = 0;
                    for (int at = first; at < first + 100; at += 20) {
                        stored += driver.send(Namespace.DEFAULT, fresh.subList(at, at + 20));
                        driver.send(Namespace.DEFAULT, fresh.subList(at, at + 20));
                    }
                    return stored;
                }));
            }
            for (int step = 0; step < 40; step++) {
                driver.build();
            }
            for (Future<Integer> each : sent) {
                assertThat(each.get()).isEqualTo(100);
            }
        }
        driver.finishBuilds();

        List<Event> all = new ArrayList<>(old);
        all.addAll(fresh);
        UsageQuery whole = query(total).query();
        assertThat(driver.answer(whole)).isEqualTo(StorageDriver.plain(Usage.of(whole, all)));
        assertThat(storage.events().builds().mostCombinations()).isEqualTo(21);
        assertThat(storage.events().verification().verify().differences()).isEmpty();
        halvesAddUp(total);
        open("crowd", "20", "fold");
        halvesAddUp(total);
        assertThat(storage.events().verification().verify().differences()).isEmpty();
    }

    @Threat("E22")
    @Test
    void refusesABatchThatBringsOneTooManyAndStoresNothingOfIt() {
        open("refusing", "2", "refuse");
        Meter total = driver.define(TOTAL);
        driver.send(sample("a", "m1"), sample("b", "m2"));

        assertThatThrownBy(() -> driver.send(sample("c", "m1"), sample("d", "m3")))
                .isInstanceOf(ProblemException.class)
                .satisfies(refusal -> {
                    Problem problem = ((ProblemException) refusal).problem();
                    assertThat(problem).isInstanceOf(Problem.Invalid.class);
                    assertThat(problem.code()).isEqualTo("too-many-combinations");
                    assertThat(((Problem.Invalid) problem)
                                    .violations()
                                    .getFirst()
                                    .field())
                            .isEqualTo("/1/data");
                });

        assertThat(answer(query(total).groupBy("model")))
                .containsExactlyInAnyOrder("[m1] 1", "[m2] 1");
        assertThat(driver.send(sample("c", "m1"))).isEqualTo(1);
        assertThat(driver.send(sample("a", "m9")))
                .as("one that is known already brings nothing")
                .isZero();
        assertThat(driver.send(sample("f", "m2"), sample("f", "m8")))
                .as("of equal keys the first counts")
                .isEqualTo(1);
        assertThat(storage.events().verification().verify().differences()).isEmpty();
    }

    @Threat("E22")
    @Test
    void refusesWhatOneBatchAloneBringsTooMany() {
        open("at-once", "2", "refuse");
        Meter total = driver.define(TOTAL);

        assertThat(Refusals.codeOf(
                        () -> driver.send(sample("a", "m1"), sample("b", "m2"), sample("c", "m3"))))
                .isEqualTo("too-many-combinations");

        assertThat(answer(query(total))).isEmpty();
        assertThat(driver.send(sample("a", "m1"), sample("b", "m2"))).isEqualTo(2);
    }

    @Threat("E22")
    @Test
    void countsOldEventsOfANewMeterHoweverManyCombinationsTheyHave() {
        open("rebuilt", "2", "refuse");
        for (int i = 0; i < 5; i++) {
            driver.send(sample("e" + i, "m" + i));
        }

        Meter total = driver.define(TOTAL);
        driver.finishBuilds();

        assertThat(answer(query(total).groupBy("model"))).hasSize(5);
        assertThat(driver.send(sample("known", "m4"))).isEqualTo(1);
        assertThat(Refusals.codeOf(() -> driver.send(sample("f", "m9"))))
                .isEqualTo("too-many-combinations");
    }

    @Threat("E22")
    @Test
    void tellsApartAgainOnlyWhatIsCountedAnew() {
        open("raised", "2", "fold");
        driver.define(TOTAL);
        for (int i = 0; i < 4; i++) {
            driver.send(sample("e" + i, "m" + i));
        }
        close();
        open("raised", "0", "refuse");
        driver.send(sample("later", "m3"));
        Meter total =
                storage.catalog().meters().catalog(Namespace.DEFAULT).meters().getFirst();

        assertThat(answer(query(total).groupBy("model")))
                .containsExactlyInAnyOrder("[m0] 1", "[m1] 1", "[" + OTHER + "] 3");

        Meter anew = driver.redefine(TOTAL.dimensions("model"));
        driver.finishBuilds();
        assertThat(answer(query(anew).groupBy("model")))
                .containsExactlyInAnyOrder("[m0] 1", "[m1] 1", "[m2] 1", "[m3] 2");
        assertThat(storage.events().verification().verify().differences()).isEmpty();
    }

    @Threat("E22")
    @Test
    void warnsOfManyCombinationsAndAgainWhenTheyHaveDoubled() {
        List<String> warnings = new ArrayList<>();
        Handler collecting = new Handler() {
            @Override
            public void publish(LogRecord line) {
                warnings.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(logger());
        logger.addHandler(collecting);
        try {
            reopen("warned", Map.of("warn-combinations", "10"));
            driver.define(TOTAL);
            for (int i = 0; i < 45; i++) {
                driver.send(sample("e" + i, "m" + i));
            }
        } finally {
            logger.removeHandler(collecting);
        }

        assertThat(warnings).hasSize(3);
        assertThat(warnings).allMatch(line -> line.startsWith("WARNING The meter total has met"));
    }

    /** For every second within it, both sides of that moment come to the whole, in each group. */
    private void halvesAddUp(Meter meter) {
        Map<List<String>, Long> whole = sums(query(meter).groupBy("model", "region"));
        for (int second = 1; second < 7_200; second += 613) {
            Map<List<String>, Long> both = new LinkedHashMap<>(
                    sums(query(meter).groupBy("model", "region").to(NOON.plusSeconds(second))));
            sums(query(meter).groupBy("model", "region").from(NOON.plusSeconds(second)))
                    .forEach((group, value) -> both.merge(group, value, Long::sum));
            assertThat(both).isEqualTo(whole);
        }
    }

    private Map<List<String>, Long> sums(QuerySample query) {
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        driver.answer(query.query())
                .forEach(row -> sums.merge(row.group(), row.value().longValueExact(), Long::sum));
        return sums;
    }

    private static List<Event> events(Random random, String prefix, int count, int models) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(prefix + i)
                    .of(random.nextBoolean() ? "alice" : "bob")
                    .at(NOON.plusMillis(random.nextInt(7_200_000)))
                    .with("value", random.nextInt(100), "model", "m" + random.nextInt(models))
                    .event());
        }
        return events;
    }

    private static EventSample sample(String id, String model) {
        return event(id).with("value", 1, "model", model);
    }

    private List<String> answer(QuerySample query) {
        return driver.answer(query.query()).stream()
                .map(row -> row.group() + " " + row.value().toPlainString())
                .toList();
    }

    private void open(String name, String most, String beyond) {
        reopen(name, Map.of("most-combinations", most, "beyond-combinations", beyond));
    }

    private void reopen(String name, Map<String, String> options) {
        close();
        storage = open(name, options);
        driver = new StorageDriver(storage);
    }

    /** One storage's life, and what its events would be if they had been folded by their sender. */
    private final class Tale {
        private final Random random;
        private final String name;
        private final int most;
        private final MeterSample sample;
        private final Set<EventKey> known = new HashSet<>();
        private final List<Event> waiting = new ArrayList<>();
        private final List<Event> folded = new ArrayList<>();
        private final Set<List<String>> apart = new LinkedHashSet<>();
        private boolean closed;

        Tale(Random random, int seed) {
            this.random = random;
            this.name = "tale-" + seed;
            this.most = 1 + random.nextInt(5);
            this.sample = TOTAL.by(AGGREGATIONS.get(seed % AGGREGATIONS.size()));
        }

        void play() {
            open(name, String.valueOf(most), "fold");
            int defineBefore = random.nextInt(4);
            Optional<Meter> meter = Optional.empty();
            for (int step = 0; step < 8; step++) {
                if (step == defineBefore) {
                    meter = Optional.of(driver.define(sample));
                    driver.finishBuilds();
                    waiting.forEach(this::count);
                    waiting.clear();
                }
                if (random.nextInt(3) == 0) {
                    open(name, String.valueOf(most), "fold");
                }
                send(meter.isPresent());
            }
            agree(meter.orElseThrow());
            open(name, String.valueOf(most), "fold");
            agree(meter.orElseThrow());
            assertThat(storage.events().verification().verify().differences())
                    .as(name)
                    .isEmpty();
        }

        private void send(boolean isMetered) {
            List<Event> batch = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                batch.add(event("id-" + random.nextInt(70))
                        .of(random.nextBoolean() ? "alice" : "bob")
                        .at(NOON.plusMillis(random.nextInt(3 * 3_600_000)))
                        .with(
                                "value",
                                random.nextInt(9),
                                "model",
                                random.nextInt(6) == 0 ? OTHER : "m" + random.nextInt(4),
                                "region",
                                "r" + random.nextInt(2))
                        .event());
            }
            driver.send(Namespace.DEFAULT, batch);
            for (Event event : batch) {
                if (known.add(event.key())) {
                    if (isMetered) {
                        count(event);
                    } else {
                        waiting.add(event);
                    }
                }
            }
        }

        private void count(Event event) {
            Json.Obj data = event.data().orElseThrow();
            List<String> group = List.of(text(data, "model"), text(data, "region"));
            if (!closed && apart.size() < most) {
                apart.add(group);
            }
            if (apart.contains(group)) {
                folded.add(event);
                return;
            }
            closed = true;
            Map<String, Json> members = new LinkedHashMap<>(data.members());
            members.put("model", new Json.Text(OTHER));
            members.put("region", new Json.Text(OTHER));
            folded.add(new Event(
                    event.key(),
                    event.type(),
                    event.subject(),
                    event.time(),
                    Optional.of(new Json.Obj(members))));
        }

        private void agree(Meter meter) {
            for (int i = 0; i < 12; i++) {
                QuerySample query = query(meter);
                query = random.nextBoolean() ? query.groupBy("model", "region") : query;
                query = random.nextInt(3) == 0 ? query.groupBy("region") : query;
                query = random.nextInt(3) == 0
                        ? query.where("model", Filter.eq(random.nextBoolean() ? OTHER : "m1"))
                        : query;
                query = random.nextBoolean() ? query.whose(only("bob")) : query;
                query = random.nextInt(3) == 0 ? query.by(WindowSize.MINUTE) : query;
                query = random.nextInt(3) == 0 ? query.by(WindowSize.HOUR) : query;
                boolean isAligned =
                        query.query().windowing().equals(query(meter).windowing());
                query = isAligned
                        ? query.from(NOON.plusMillis(random.nextInt(3_600_000)))
                                .to(NOON.plusMillis(3_600_000L + random.nextInt(7_200_000)))
                        : query;
                UsageQuery asked = query.query();
                assertThat(driver.answer(asked))
                        .as("%s %s", name, asked)
                        .isEqualTo(StorageDriver.plain(Usage.of(asked, folded)));
            }
        }

        private static String text(Json.Obj data, String member) {
            return ((Json.Text) data.members().get(member)).value();
        }
    }
}
