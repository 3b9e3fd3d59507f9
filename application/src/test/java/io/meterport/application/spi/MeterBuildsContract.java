package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.NOON;
import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.WindowSize;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every storage promises whose meters are defined and changed after their events. */
public abstract class MeterBuildsContract extends StorageContract {
    private static final int OLD = 300;
    private static final int SENDERS = 8;
    private static final int BATCHES = 12;
    private static final int BATCH = 15;

    @Test
    void hasNothingToDoAtFirst() {
        assertThat(events().builds().next()).isEmpty();
        assertThat(driver().build()).isFalse();
    }

    @Test
    void knowsHowManyCombinationsAMeterHasMet() {
        long none = events().builds().mostCombinations();
        driver().send(event("a").with("model", "m1"));
        driver().define(meter("plain").number(1));
        driver().define(meter("apart").number(2).dimensions("model"));
        driver().finishBuilds();
        long one = events().builds().mostCombinations();
        for (int i = 0; i < 20; i++) {
            driver().send(event("b" + i).with("model", "m" + i % 5));
        }

        assertThat(none).isZero();
        assertThat(one).isEqualTo(1);
        assertThat(events().builds().mostCombinations()).isEqualTo(5);
    }

    @Test
    void countsEventsThatCameBeforeTheirMeter() {
        List<Event> sent = send(0, 120);
        Meter meter = driver().define(meter("total").sum().dimensions("model"));
        sent.addAll(send(120, 150));

        agree(meter, sent);
        driver().finishBuilds();
        agree(meter, sent);
        sent.addAll(send(150, 160));
        agree(meter, sent);
    }

    @Test
    void countsOldEventsOnceHoweverTheBuildIsCut() {
        List<Event> sent = send(0, 50);
        Meter meter = driver().define(meter("total").sum().dimensions("model"));

        while (events().builds().next().isPresent()) {
            MeterBuild build = events().builds().next().get();
            BuildChunk chunk = events().builds().chunk(build, 7);
            assertThat(chunk.events()).hasSizeLessThanOrEqualTo(7);
            List<MeteredEvent> metered = metered(build, chunk);
            assertThat(events().builds().count(build, chunk, metered)).isTrue();
            assertThat(events().builds().count(build, chunk, metered)).isFalse();
            sent.addAll(send(sent.size(), sent.size() + 1));
            agree(meter, sent);
        }

        assertThat(sent).hasSizeGreaterThan(55);
        agree(meter, sent);
    }

    @Test
    void showsHowFarABuildIs() {
        send(0, 40);
        Meter meter = driver().define(meter("total").sum());
        BuildProgress first = events().builds().progress(meter.id()).orElseThrow();

        MeterBuild build = events().builds().next().orElseThrow();
        BuildChunk chunk = events().builds().chunk(build, 10);
        events().builds().count(build, chunk, metered(build, chunk));
        BuildProgress second = events().builds().progress(meter.id()).orElseThrow();
        driver().finishBuilds();

        assertThat(first.done()).isZero();
        assertThat(first.total()).isGreaterThanOrEqualTo(40);
        assertThat(second.done()).isPositive().isLessThanOrEqualTo(second.total());
        assertThat(events().builds().progress(meter.id())).isEmpty();
    }

    @Test
    void buildsOnlyFromEventsOfTheMetersTypeAndNamespace() {
        driver().send(event("1").with("value", 1), event("2").type("other").with("value", 10));
        driver().send(
                        Samples.OTHER,
                        List.of(
                                event("1").with("value", 100).event(),
                                event("3").with("value", 1_000).event()));
        Meter here = driver().define(meter("total").sum());
        Meter there = driver().define(meter("total").number(2).sum().in(Samples.OTHER));
        Meter other = driver().define(meter("others").number(3).type("other").sum());
        driver().finishBuilds();

        assertThat(total(here)).isEqualTo("1");
        assertThat(total(there)).isEqualTo("1100");
        assertThat(total(other)).isEqualTo("10");
    }

    @Test
    void relabelsHistoryWhenDimensionsChange() {
        Meter before = driver().define(meter("total").sum().dimensions("model"));
        List<Event> sent = send(0, 60);
        agree(before, sent);

        Meter after = driver().redefine(meter("total").sum().dimensions("region", "model"));
        sent.addAll(send(60, 80));
        agree(after, sent);
        driver().finishBuilds();
        agree(after, sent);

        Meter none = driver().redefine(meter("total").sum());
        driver().finishBuilds();
        assertThat(driver().answer(query(none).query()))
                .isEqualTo(StorageDriver.plain(Usage.of(query(none).query(), sent)));
    }

    @Test
    void relabelsHistoryWhenADimensionIsReadFromElsewhere() {
        driver().define(meter("total").sum().dimensions("model", "region"));
        List<Event> sent = send(0, 40);

        Meter swapped = driver().redefine(meter("total")
                .sum()
                .dimensions(List.of(
                        new Dimension(Samples.dimension("model"), PropertyPath.of("$.region")),
                        new Dimension(Samples.dimension("region"), PropertyPath.of("$.model")))));

        agree(swapped, sent);
        driver().finishBuilds();
        agree(swapped, sent);
    }

    @Test
    void keepsCountingWhenAMeterChangesInNothingButWords() {
        Meter before = driver().define(meter("total").sum().dimensions("model"));
        List<Event> sent = send(0, 30);
        Meter renamed = new Meter(
                before.id(),
                before.namespace(),
                before.slug(),
                "Another name",
                Optional.of("and a description"),
                before.eventType(),
                before.eventFrom(),
                before.aggregation(),
                before.dimensions(),
                before.metadata(),
                before.createdAt(),
                before.updatedAt().plusSeconds(1),
                Optional.empty());

        Meter after = catalog().meters().change(new MeterChange.Redefine(renamed), "tests");

        assertThat(events().builds().progress(after.id())).isEmpty();
        sent.addAll(send(30, 40));
        agree(after, sent);
    }

    @Test
    void beginsAgainWhenDimensionsChangeDuringABuild() {
        List<Event> sent = send(0, 60);
        driver().define(meter("total").sum().dimensions("model"));
        MeterBuild old = events().builds().next().orElseThrow();
        BuildChunk first = events().builds().chunk(old, 20);
        events().builds().count(old, first, metered(old, first));
        MeterBuild half = events().builds().next().orElseThrow();
        BuildChunk second = events().builds().chunk(half, 20);

        Meter after = driver().redefine(meter("total").sum().dimensions("region", "model"));

        assertThat(events().builds().count(half, second, metered(half, second))).isFalse();
        agree(after, sent);
        driver().finishBuilds();
        agree(after, sent);
    }

    @Test
    void forgetsTheBuildOfADeletedMeter() {
        List<Event> sent = send(0, 60);
        Meter deleted = driver().define(meter("total").sum().dimensions("model"));
        MeterBuild build = events().builds().next().orElseThrow();
        BuildChunk chunk = events().builds().chunk(build, 20);

        driver().delete(deleted);

        assertThat(events().builds().count(build, chunk, metered(build, chunk))).isFalse();
        assertThat(events().builds().progress(deleted.id())).isEmpty();
        driver().finishBuilds();
        Meter again = driver().define(meter("total").number(2).sum().dimensions("model", "region"));
        driver().finishBuilds();
        agree(again, sent);
    }

    @Test
    void buildsSeveralMetersOneAfterTheOther() {
        List<Event> sent = send(0, 60);
        List<Meter> meters = List.of(
                driver().define(meter("first").number(1).sum().dimensions("model", "region")),
                driver().define(meter("second")
                        .number(2)
                        .uniqueCount()
                        .dimensions("region", "model")),
                driver().define(meter("third").number(3).latest().dimensions("model", "region")));

        assertThat(events().builds().next().orElseThrow().meter()).isEqualTo(meters.getFirst());
        driver().finishBuilds();

        meters.forEach(meter -> agree(meter, sent));
    }

    @Test
    void neverTellsAnotherStoryThanTheQuerysOwnMeter() {
        Meter before = driver().define(meter("total").sum().dimensions("model", "region"));
        List<Event> sent = send(0, 40);
        driver().redefine(meter("total").sum().dimensions("region", "model"));
        driver().finishBuilds();

        for (UsageQuery query : queries(before)) {
            answer(query)
                    .ifPresent(rows -> assertThat(rows)
                            .as("%s", query)
                            .isEqualTo(StorageDriver.plain(Usage.of(query, sent))));
        }
    }

    @Test
    void agreesWithUsageWhileMetersChangeDuringIngest() {
        List<Event> old = send(0, OLD);
        Meter steady = driver().define(meter("steady").number(1).dimensions("model"));
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        AtomicInteger stored = new AtomicInteger(old.size());
        AtomicInteger sending = new AtomicInteger(SENDERS);

        List<List<Meter>> changed = Together.run(SENDERS + 3, thread -> {
            if (thread < SENDERS) {
                try {
                    sendAll(thread, begun, stored);
                } finally {
                    sending.decrementAndGet();
                }
                return List.of();
            }
            return switch (thread - SENDERS) {
                case 0 -> changeMeters(sending);
                case 1 -> buildMeters(sending);
                default -> watch(steady, sending, begun, stored);
            };
        });

        List<Event> all = new ArrayList<>(old);
        all.addAll(events(OLD, OLD + SENDERS * BATCHES * BATCH));
        assertThat(history(Namespace.DEFAULT)).hasSize(all.size());
        List<Meter> live = changed.stream().flatMap(List::stream).toList();
        assertThat(live).hasSizeGreaterThan(3);
        live.forEach(meter -> agree(meter, all));
        driver().finishBuilds();
        live.forEach(meter -> agree(meter, all));
        agree(steady, all);
    }

    /** Each sender sends its own batches and, again, those of its neighbour. */
    private void sendAll(int sender, Set<Integer> begun, AtomicInteger stored) {
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int owner : new int[] {sender, (sender + 1) % SENDERS}) {
                int first = OLD + (owner * BATCHES + batch) * BATCH;
                IntStream.range(first, first + BATCH).forEach(begun::add);
                stored.addAndGet(driver().send(Namespace.DEFAULT, events(first, first + BATCH)));
            }
        }
    }

    private List<Meter> changeMeters(AtomicInteger sending) {
        List<Meter> live = new ArrayList<>();
        for (int round = 0; sending.get() > 0 || round < 4; round++) {
            MeterSample sample = meter("changing_" + round).number(10 + round);
            live.add(driver().define(sample.sum().dimensions("model", "region")));
            if (round > 0) {
                MeterSample earlier = meter("changing_" + (round - 1)).number(9 + round);
                live.set(round - 1, driver().redefine(earlier.sum().dimensions("region", "model")));
            }
            Meter passing = driver().define(meter("passing")
                    .number(1_000 + round)
                    .uniqueCount()
                    .dimensions("model"));
            driver().delete(passing);
            if (round == 20) {
                break;
            }
        }
        return live;
    }

    private List<Meter> buildMeters(AtomicInteger sending) {
        while (sending.get() > 0) {
            driver().build();
        }
        return List.of();
    }

    /** What was stored before a reading is in it; what is sent after it is not. */
    private List<Meter> watch(
            Meter steady, AtomicInteger sending, Set<Integer> begun, AtomicInteger stored) {
        while (sending.get() > 0) {
            int atLeast = stored.get();
            Optional<List<UsageRow>> rows = answer(query(steady).query());
            int atMost = OLD + begun.size();
            rows.ifPresent(answer -> assertThat(answer.getFirst().value().intValueExact())
                    .isBetween(atLeast, atMost));
        }
        return List.of();
    }

    private List<Event> send(int from, int to) {
        List<Event> sent = events(from, to);
        for (int at = 0; at < sent.size(); at += 25) {
            driver().send(Namespace.DEFAULT, sent.subList(at, Math.min(at + 25, sent.size())));
        }
        return sent;
    }

    private static List<Event> events(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to)
                .mapToObj(i -> event("id-" + i)
                        .of("subject-" + i % 3)
                        .at(NOON.plus(i * 37L % 4_000, ChronoUnit.MINUTES).plusSeconds(i % 60))
                        .with("value", i, "model", "m" + i % 4, "region", "r" + i % 5)
                        .event())
                .toList());
    }

    private static List<MeteredEvent> metered(MeterBuild build, BuildChunk chunk) {
        return chunk.events().stream()
                .map(event -> MeteredEvent.of(event, List.of(build.meter())))
                .toList();
    }

    private void agree(Meter meter, List<Event> events) {
        for (UsageQuery query : queries(meter)) {
            assertThat(driver().answer(query))
                    .as("%s", query)
                    .isEqualTo(StorageDriver.plain(Usage.of(query, events)));
        }
    }

    private static List<UsageQuery> queries(Meter meter) {
        List<QuerySample> queries = new ArrayList<>(List.of(
                query(meter),
                query(meter).apart().by(WindowSize.DAY, ZoneId.of("America/New_York")),
                query(meter)
                        .from(NOON.plus(90, ChronoUnit.SECONDS))
                        .to(NOON.plus(2_000, ChronoUnit.MINUTES).plusSeconds(30))
                        .by(WindowSize.HOUR, ZoneId.of("Asia/Kathmandu"))));
        if (!meter.dimensions().isEmpty()) {
            queries.add(query(meter).groupBy("model").whose(Samples.only("subject-1")));
            queries.add(query(meter).where("model", Filter.eq("m1")).by(WindowSize.HOUR));
        }
        if (meter.dimensions().size() > 1) {
            queries.add(query(meter).groupBy("region", "model"));
        }
        return queries.stream().map(QuerySample::query).toList();
    }

    private String total(Meter meter) {
        return driver().answer(query(meter).query()).getFirst().value().toPlainString();
    }

    /** The answer; empty if the storage prefers to be asked again. */
    private Optional<List<UsageRow>> answer(UsageQuery query) {
        try {
            return Optional.of(driver().answer(query));
        } catch (ProblemException refused) {
            assertThat(refused.problem()).isInstanceOf(Problem.Unavailable.class);
            return Optional.empty();
        }
    }
}
