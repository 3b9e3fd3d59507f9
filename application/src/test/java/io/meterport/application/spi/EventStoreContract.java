package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.meterport.application.Threat;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.UsageQuery;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of events promises. */
public abstract class EventStoreContract extends StorageContract {
    @Test
    void keepsAnEventExactlyAsItIs() {
        Event event = event("1")
                .from("https://example.com/a%20b?x=1#y")
                .type("api/request ✓")
                .of("Ünïcode 😀 'quoted' \"twice\" \\ %")
                .at("2025-03-05T12:00:00.123456Z")
                .with(
                        "n",
                        Samples.number("9007199254740993.10"),
                        "s",
                        "é\u0000\u2028",
                        "o",
                        Samples.data("b", true, "nil", new Json.Nil()),
                        "a",
                        new Json.Arr(List.of(Samples.text("x"))))
                .event();

        driver().send(Namespace.DEFAULT, List.of(event));

        StoredEvent stored = history(Namespace.DEFAULT).getFirst();
        assertThat(stored.event().key()).isEqualTo(event.key());
        assertThat(stored.event().type()).isEqualTo(event.type());
        assertThat(stored.event().subject()).isEqualTo(event.subject());
        assertThat(stored.event().time()).isEqualTo(event.time());
        assertThat(stored.ingestedAt()).isEqualTo(Samples.RECEIVED);
        assertThat(stored.storedAt()).isAfterOrEqualTo(stored.ingestedAt());
        assertThat(stored.event().data().orElseThrow().members().keySet())
                .containsExactly("n", "s", "o", "a");
        assertThat(stored.event().data().orElseThrow().get("n").orElseThrow())
                .isInstanceOfSatisfying(
                        Json.Num.class,
                        n -> assertThat(n.value()).isEqualByComparingTo("9007199254740993.1"));
        assertThat(stored.event().data().orElseThrow().get("s"))
                .isEqualTo(event.data().orElseThrow().get("s"));
        assertThat(stored.event().data().orElseThrow().get("o"))
                .isEqualTo(event.data().orElseThrow().get("o"));
        assertThat(stored.event().data().orElseThrow().get("a"))
                .isEqualTo(event.data().orElseThrow().get("a"));
    }

    /** Whoever deletes them: a caller of another subject, or the storage by itself. */
    @Test
    void saysHowManyEventsOfEachSubjectWereErasedAtOnce() {
        for (int round = 0; round < 20; round++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                events.add(event(round + "-" + i)
                        .of("subject-" + i % 3)
                        .at(Samples.NOON.minus(Duration.ofHours(i)))
                        .event());
            }
            driver().send(Namespace.DEFAULT, events);

            assertThat(Together.run(
                            3,
                            i -> events().erasure()
                                    .erase(Namespace.DEFAULT, Samples.subject("subject-" + i))))
                    .as("round %d", round)
                    .containsExactly(20L, 20L, 20L);
            assertThat(history(Namespace.DEFAULT)).isEmpty();
        }
    }

    @Test
    void tellsNoDataFromEmptyData() {
        driver().send(event("none"), event("empty").with());

        assertThat(history(Namespace.DEFAULT))
                .extracting(
                        stored -> stored.event().key().id(),
                        stored -> stored.event().data().isPresent())
                .containsExactlyInAnyOrder(tuple("none", false), tuple("empty", true));
    }

    @Test
    void keepsAnEventOfNoMeter() {
        driver().define(meter("requests"));

        assertThat(driver().send(event("1").type("unheard-of"))).isEqualTo(1);
        assertThat(ids(Namespace.DEFAULT)).containsExactly("1");
    }

    @Test
    void countsAnEventOnceHoweverOftenItIsSent() {
        Meter meter = driver().define(meter("requests"));

        assertThat(driver().send(event("1"), event("2"))).isEqualTo(2);
        assertThat(driver().send(event("2"), event("3"))).isEqualTo(1);
        assertThat(driver().send(event("1"), event("2"), event("3"))).isZero();

        assertThat(count(meter)).isEqualTo(3);
        assertThat(ids(Namespace.DEFAULT)).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void countsAnEventOnceThatABatchHoldsTwice() {
        Meter meter = driver().define(meter("total").sum());

        int stored = driver().send(
                        event("1").with("value", 1),
                        event("2").with("value", 10),
                        event("1").with("value", 100));

        assertThat(stored).isEqualTo(2);
        assertThat(value(query(meter).query())).isEqualByComparingTo("11");
    }

    @Test
    void keepsTheFirstOfTwoEventsWithOneKey() {
        Meter meter = driver().define(meter("total").sum());
        driver().send(event("1").with("value", 1));

        int stored = driver().send(event("1")
                .type("another")
                .of("bob")
                .at(Samples.NOON.plusSeconds(5))
                .with("value", 2));

        assertThat(stored).isZero();
        assertThat(value(query(meter).query())).isEqualByComparingTo("1");
        assertThat(history(Namespace.DEFAULT))
                .singleElement()
                .satisfies(kept -> assertThat(kept.event())
                        .isEqualTo(event("1").with("value", 1).event()));
    }

    @Threat("E15")
    @Test
    void countsTheEventsThatComeAgainWithOtherContents() {
        driver().send(event("1").with("value", 1), event("2"), event("3").with("value", 3));
        driver().send(event("1").with("value", 1), event("2"));
        driver().send(event("1").with("value", 1).at(Samples.NOON.plusSeconds(5)));
        assertThat(events().events().conflicts())
                .as("the same, whenever it is said to have happened")
                .isZero();

        driver().send(event("1").with("value", 10));
        driver().send(event("1").with("value", 1).of("bob"));
        driver().send(event("1").with("value", 1).type("another"));
        driver().send(event("2").with());
        driver().send(event("3"), event("4").with("value", 1), event("4").with("value", 2));
        driver().send(Samples.OTHER, List.of(event("1").with("value", 10).event()));

        assertThat(events().events().conflicts()).isEqualTo(6);
    }

    @Test
    void tellsSourceAndIdApartWhereverTheyAreCut() {
        int stored = driver().send(
                        event("c").from("a-b"),
                        event("b-c").from("a"),
                        event("-b-c").from("a"),
                        event("bc").from("a"),
                        event("c").from("ab"),
                        event("C").from("a-b"),
                        event("c ").from("a-b"),
                        event("é"),
                        event("e\u0301"));

        assertThat(stored).isEqualTo(9);
        assertThat(ids(Namespace.DEFAULT)).hasSize(9);
    }

    @Test
    void keepsNamespacesApart() {
        Meter here = driver().define(meter("requests"));
        Meter there = driver().define(meter("requests").number(2).in(Samples.OTHER));
        driver().send(event("1"), event("2"));

        assertThat(driver().send(Samples.OTHER, List.of(event("1").event()))).isEqualTo(1);

        assertThat(count(here)).isEqualTo(2);
        assertThat(count(there)).isEqualTo(1);
        assertThat(ids(Samples.OTHER)).containsExactly("1");
    }

    @Test
    void storesNothingOfABatchWithStaleMeters() {
        Catalog before = catalog().meters().catalog(Namespace.DEFAULT);
        Meter meter = driver().define(meter("requests"));
        List<Event> events = List.of(event("1").event(), event("2").event());

        assertThatThrownBy(() ->
                        events().events().append(Samples.batch(Namespace.DEFAULT, before, events)))
                .isInstanceOf(StaleCatalog.class);

        assertThat(ids(Namespace.DEFAULT)).isEmpty();
        assertThat(count(meter)).isZero();
        assertThat(driver().send(Namespace.DEFAULT, events)).isEqualTo(2);
        assertThat(count(meter)).isEqualTo(2);
    }

    @Test
    void refusesABatchThatIsStaleByAnyChangeOfAMeter() {
        Meter meter = driver().define(meter("requests"));
        Catalog defined = catalog().meters().catalog(Namespace.DEFAULT);
        driver().redefine(meter("requests").dimensions("model"));
        Catalog redefined = catalog().meters().catalog(Namespace.DEFAULT);
        driver().delete(meter);

        for (Catalog stale : List.of(defined, redefined)) {
            List<Event> events = List.of(event("1").event());
            assertThatThrownBy(() -> events().events()
                            .append(Samples.batch(Namespace.DEFAULT, stale, events)))
                    .isInstanceOf(StaleCatalog.class);
        }
        assertThat(ids(Namespace.DEFAULT)).isEmpty();
    }

    @Test
    void takesAnEmptyBatch() {
        assertThat(driver().send()).isZero();
    }

    @Test
    void takesALargeBatchAsOne() {
        Meter meter = driver().define(meter("total").sum());
        List<Event> events = IntStream.range(0, 10_000)
                .mapToObj(i ->
                        event("id-" + i).of("subject-" + i % 7).with("value", i).event())
                .toList();

        assertThat(driver().send(Namespace.DEFAULT, events)).isEqualTo(10_000);

        assertThat(value(query(meter).query())).isEqualByComparingTo("49995000");
    }

    @Test
    void countsAnEventOnceThatManySendAtOnce() {
        Meter meter = driver().define(meter("total").sum());
        int rounds = 8;

        List<Integer> stored = Together.rounds(8, rounds, (thread, round) -> {
            List<Event> same = new ArrayList<>(IntStream.range(500 * round, 500 * round + 500)
                    .mapToObj(i -> event("id-" + i).with("value", 1).event())
                    .toList());
            Collections.shuffle(same, new Random(31L * thread + round));
            return driver().send(Namespace.DEFAULT, same);
        });

        int distinct = rounds * 500;
        assertThat(stored.stream().mapToInt(Integer::intValue).sum()).isEqualTo(distinct);
        assertThat(value(query(meter).query())).isEqualByComparingTo(Integer.toString(distinct));
        assertThat(ids(Namespace.DEFAULT)).hasSize(distinct).doesNotHaveDuplicates();
    }

    @Test
    void showsEachEventToWhoeverReadsAfterItWasStored() {
        Meter meter = driver().define(meter("requests"));

        Together.run(4, thread -> {
            UsageQuery own =
                    query(meter).whose(Samples.only("subject-" + thread)).query();
            for (int i = 1; i <= 25; i++) {
                driver().send(event(thread + "-" + i).of("subject-" + thread));
                assertThat(value(own)).isEqualByComparingTo(BigDecimal.valueOf(i));
            }
            return thread;
        });
    }

    @Test
    void numbersEventsInTheOrderOfTheirArrival() {
        driver().send(event("1").at("2025-03-05T12:00:02Z"), event("2").at("2025-03-05T12:00:01Z"));
        driver().send(event("3").at("2025-03-05T12:00:00Z"));

        List<Long> newestEventFirst =
                history(Namespace.DEFAULT).stream().map(StoredEvent::sequence).toList();

        assertThat(newestEventFirst).isSorted().doesNotHaveDuplicates();
    }

    private long count(Meter meter) {
        return value(query(meter).query()).longValueExact();
    }

    private BigDecimal value(UsageQuery query) {
        return driver().rows(query).getFirst().value();
    }
}
