package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.NOON;
import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.number;
import static io.meterport.application.spi.Samples.only;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What everybody who computes usage promises. Meters are defined before their events. */
public abstract class UsageReaderContract extends StorageContract {
    private static final Aggregation AVG = new Aggregation.Avg(MeterSample.VALUE);
    private static final Aggregation MIN = new Aggregation.Min(MeterSample.VALUE);
    private static final Aggregation MAX = new Aggregation.Max(MeterSample.VALUE);

    @Test
    void computesEveryAggregation() {
        Meter count = driver().define(meter("m_count").number(1));
        Meter sum = driver().define(meter("m_sum").number(2).sum());
        Meter avg = driver().define(meter("m_avg").number(3).by(AVG));
        Meter min = driver().define(meter("m_min").number(4).by(MIN));
        Meter max = driver().define(meter("m_max").number(5).by(MAX));
        Meter latest = driver().define(meter("m_latest").number(6).latest());
        Meter unique = driver().define(meter("m_unique").number(7).uniqueCount());
        driver().send(
                        event("1").at(NOON).with("value", 3),
                        event("2").at(NOON.plusSeconds(7_200)).with("value", "-1.5"),
                        event("3").at(NOON.plusSeconds(60)).with("value", number("3.0")),
                        event("4").at(NOON.plusSeconds(9_000)).with("value", "many"),
                        event("5").at(NOON.plusSeconds(9_001)));

        assertThat(values(query(count))).containsExactly("5");
        assertThat(values(query(sum))).containsExactly("4.5");
        assertThat(values(query(avg))).containsExactly("1.5");
        assertThat(values(query(min))).containsExactly("-1.5");
        assertThat(values(query(max))).containsExactly("3");
        assertThat(values(query(latest))).containsExactly("-1.5");
        assertThat(values(query(unique))).containsExactly("3");
    }

    @Test
    void answersQueriesPutTogetherFromOneStateThoughEventsArrive() {
        Meter sum = driver().define(meter("total").sum().dimensions("model"));
        UsageQuery total = query(sum).query();
        UsageQuery minutes = query(sum).by(WindowSize.MINUTE).query();
        UsageQuery groups = query(sum).groupBy("model").query();
        AtomicBoolean enough = new AtomicBoolean();

        List<Set<BigDecimal>> answers = Together.<List<Set<BigDecimal>>>run(2, thread -> {
                    List<Set<BigDecimal>> found = new ArrayList<>();
                    try {
                        for (int i = 0; thread == 0 && !enough.get(); i += 2) {
                            driver().send(one(i), one(i + 1));
                        }
                        while (thread == 1 && Set.copyOf(found).size() < 20) {
                            found.add(events().usage()
                                    .together(state -> distinct(
                                            sum(state.read(total)),
                                            sum(state.read(minutes)),
                                            sum(state.read(groups)))));
                        }
                    } finally {
                        enough.set(true);
                    }
                    return found;
                })
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(answers).allSatisfy(three -> assertThat(three).hasSize(1));
    }

    @Test
    void knowsTheLastChangeOfWhatItReads() {
        Meter count = driver().define(meter("calls"));
        UsageQuery all = query(count).query();
        UsageQuery alice = query(count).whose(only("alice", "dave")).query();
        UsageQuery dave = query(count).whose(only("dave")).query();
        UsageChange none = events().usage().together(state -> state.lastChange(all));
        driver().send(event("1"));
        driver().send(event("2").of("bob"));
        driver().send(event("3").of("carol").type("other"));

        List<UsageChange> changes = events().usage()
                .together(state -> List.of(
                        state.lastChange(all), state.lastChange(alice), state.lastChange(dave)));

        assertThat(none).isEqualTo(UsageChange.NONE);
        assertThat(changes)
                .containsExactly(change("bob", count), change("alice", count), UsageChange.NONE);
    }

    @Test
    void passesOnWhatAReadingOfOneStateThrows() {
        Meter count = driver().define(meter("calls"));
        IllegalStateException ours = new IllegalStateException("ours");

        assertThatThrownBy(() -> events().usage().together(state -> {
                    state.read(query(count).query());
                    throw ours;
                }))
                .isSameAs(ours);
        assertThat(values(query(count))).containsExactly("0");
    }

    private static Set<BigDecimal> distinct(BigDecimal... numbers) {
        return new HashSet<>(Arrays.asList(numbers));
    }

    private UsageChange change(String subject, Meter meter) {
        return events().changes()
                .last(Namespace.DEFAULT, new SubjectKey(subject), Set.of(meter.eventType()));
    }

    private static EventSample one(int number) {
        return event("id-" + number)
                .at(NOON.plusSeconds(number))
                .with("value", number, "model", "m" + number % 3);
    }

    private static BigDecimal sum(List<Reading> readings) {
        return readings.stream()
                .map(reading -> reading.tally().value(new Aggregation.Sum(MeterSample.VALUE)))
                .flatMap(Optional::stream)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .stripTrailingZeros();
    }

    @Test
    void answersNothingWithOneZeroForCountsAndWithNoRowForTheRest() {
        for (Aggregation each :
                List.of(new Aggregation.Count(), new Aggregation.UniqueCount(MeterSample.VALUE))) {
            Meter counting = driver().define(meter("c_" + each.property().isPresent())
                    .number(each.property().isPresent() ? 1 : 2)
                    .by(each));
            assertThat(values(query(counting))).containsExactly("0");
            assertThat(driver().rows(query(counting).apart().query())).isEmpty();
            assertThat(driver().rows(query(counting).by(WindowSize.DAY).query()))
                    .isEmpty();
        }
        Meter sum = driver().define(meter("total").number(3).sum());
        assertThat(driver().rows(query(sum).query())).isEmpty();
        driver().send(event("1").with("value", "not a number"), event("2"));
        assertThat(driver().rows(query(sum).query())).isEmpty();
        assertThat(driver().rows(query(sum).by(WindowSize.MINUTE).query())).isEmpty();
    }

    @Test
    void addsDecimalsExactlyWhateverTheirSize() {
        Meter sum = driver().define(meter("total").sum());
        driver().send(event("1").with("value", number("9007199254740993")));
        driver().send(event("2").with("value", number("0.1")));
        driver().send(event("3").of("bob").with("value", number("9223372036854775807")));
        driver().send(event("4").of("bob").with("value", number("9223372036854775807")));
        driver().send(event("5").of("carol").with("value", number("0.1")));
        driver().send(event("6").of("carol").with("value", number("0.2")));
        driver().send(event("7").of("dave").with("value", number("9999999999999999999999999999")));
        driver().send(event("8")
                .of("dave")
                .with("value", number("0.000000000000000000000000000001")));
        driver().send(event("9").of("erin").with("value", number("1e27")));
        driver().send(event("10").of("erin").with("value", number("-1e27")));
        driver().send(event("11").of("erin").with("value", number("-1e-30")));

        assertThat(values(query(sum).apart()))
                .containsExactly(
                        "9007199254740993.1",
                        "18446744073709551614",
                        "0.3",
                        "9999999999999999999999999999.000000000000000000000000000001",
                        "-0.000000000000000000000000000001");
    }

    @Test
    void addsManyHugeDecimalsOfOneMinuteExactly() {
        Meter sum = driver().define(meter("total").sum());
        Meter avg = driver().define(meter("mean").number(2).by(AVG));
        List<Event> events = IntStream.range(0, 500)
                .mapToObj(i -> event("id-" + i)
                        .with(
                                "value",
                                "9999999999999999999999999999.999999999999999999999999999999")
                        .event())
                .toList();
        for (int from = 0; from < 500; from += 100) {
            driver().send(Namespace.DEFAULT, events.subList(from, from + 100));
        }

        assertThat(values(query(sum)))
                .containsExactly("4999999999999999999999999999999.9999999999999999999999999995");
        assertThat(values(query(avg))).containsExactly("10000000000000000000000000000");
    }

    @Test
    void roundsAnAverageOnceToThirtyFourDigits() {
        Meter avg = driver().define(meter("mean").by(AVG));
        driver().send(
                        event("1").with("value", 1),
                        event("2").at(NOON.plusSeconds(7_200)).with("value", 0),
                        event("3").at(NOON.plus(2, ChronoUnit.DAYS)).with("value", 1));

        assertThat(values(query(avg))).containsExactly("0.6666666666666666666666666666666667");
    }

    @Test
    void takesMinimumMaximumAndLatestFromNegativeNumbersToo() {
        Meter min = driver().define(meter("m_min").by(MIN));
        Meter max = driver().define(meter("m_max").number(2).by(MAX));
        Meter latest = driver().define(meter("m_latest").number(3).latest());
        driver().send(event("1").with("value", -5));
        driver().send(event("2").at(NOON.plusSeconds(1)).with("value", -7));
        driver().send(event("3").at(NOON.minusSeconds(1)).with("value", -6));

        assertThat(values(query(min))).containsExactly("-7");
        assertThat(values(query(max))).containsExactly("-5");
        assertThat(values(query(latest))).containsExactly("-7");
    }

    @Test
    void takesTheGreaterOfTwoLatestAtOneMicrosecond() {
        Meter latest = driver().define(meter("level").latest());
        driver().send(
                        event("1").of("rising").with("value", 9),
                        event("2").of("falling").with("value", 10));
        driver().send(
                        event("3").of("rising").with("value", 10),
                        event("4").of("falling").with("value", 9));
        driver().send(event("5").of("late").at(NOON.plusNanos(1_000)).with("value", 1));
        driver().send(event("6").of("late").at(NOON).with("value", 1_000));
        driver().send(event("7").of("skipping").with("value", 4));
        driver().send(event("8").of("skipping").at(NOON.plusSeconds(1)).with("value", "none"));

        assertThat(values(query(latest).apart())).containsExactly("10", "1", "10", "4");
    }

    @Test
    void countsDistinctValuesOnceAcrossHoursGroupsAndSubjects() {
        Meter unique = driver().define(meter("visitors").uniqueCount().dimensions("model"));
        for (int hour = 0; hour < 30; hour++) {
            driver().send(
                            event("a" + hour)
                                    .at(NOON.plus(hour, ChronoUnit.HOURS))
                                    .with("value", "same", "model", "m" + hour % 3),
                            event("b" + hour)
                                    .of("bob")
                                    .at(NOON.plus(hour, ChronoUnit.HOURS))
                                    .with("value", hour % 2, "model", "m" + hour % 3));
        }

        assertThat(values(query(unique))).containsExactly("3");
        assertThat(values(query(unique).apart())).containsExactly("1", "2");
        assertThat(values(query(unique).groupBy("model"))).containsExactly("3", "3", "3");
        assertThat(values(query(unique).by(WindowSize.DAY))).containsExactly("3", "3");
        assertThat(values(query(unique).where("model", Filter.eq("m1")).apart()))
                .containsExactly("1", "2");
        assertThat(values(query(unique)
                        .from(NOON.plusSeconds(1))
                        .to(NOON.plus(1, ChronoUnit.HOURS).plusNanos(1_000))))
                .containsExactly("2");
        assertThat(values(
                        query(unique).by(WindowSize.MINUTE).to(NOON.plus(90, ChronoUnit.MINUTES))))
                .containsExactly("2", "2");
    }

    @Test
    void countsValuesByTheirTextAndNotMissingOnes() {
        Meter unique = driver().define(meter("values").uniqueCount());
        driver().send(
                        event("1").with("value", 1),
                        event("2").with("value", "1"),
                        event("3").with("value", number("1.00")),
                        event("4").with("value", true),
                        event("5").with("value", "true"),
                        event("6").with("value", "null"),
                        event("7").with("value", ""),
                        event("8").with("other", 1),
                        event("9"),
                        event("10").with("value", Samples.data()),
                        event("11").with("value", "é"),
                        event("12").with("value", "e\u0301"),
                        event("13").with("value", "E\u0301"));

        assertThat(values(query(unique))).containsExactly("7");
    }

    @Test
    void countsAnEventAtTheStartOfTheRangeAndNotAtItsEnd() {
        Meter sum = driver().define(meter("total").sum());
        Instant from = Instant.parse("2025-03-05T12:30:15.250001Z");
        Instant to = Instant.parse("2025-03-07T08:45:59.999999Z");
        Instant hour = Instant.parse("2025-03-06T00:00:00Z");
        driver().send(
                        event("before").at(from.minusNanos(1_000)).with("value", 1),
                        event("start").at(from).with("value", 10),
                        event("hour").at(hour).with("value", 100),
                        event("last").at(to.minusNanos(1_000)).with("value", 1_000),
                        event("end").at(to).with("value", 10_000),
                        event("after").at(to.plusNanos(1_000)).with("value", 100_000));

        assertThat(values(query(sum).from(from).to(to))).containsExactly("1110");
        assertThat(values(query(sum).from(from))).containsExactly("111110");
        assertThat(values(query(sum).to(to))).containsExactly("1111");
        assertThat(values(query(sum).from(hour).to(hour.plusNanos(1_000)))).containsExactly("100");
        assertThat(driver().rows(
                                query(sum).from(from.minusNanos(1_000)).to(from).query()))
                .extracting(row -> row.value().toPlainString())
                .containsExactly("1");
        assertThat(values(query(sum).by(WindowSize.HOUR).from(from).to(to)))
                .containsExactly("10", "100", "1000");
    }

    @Test
    void reportsWholeWindowsThatCountOnlyEventsInsideTheRange() {
        Meter sum = driver().define(meter("total").sum());
        driver().send(
                        event("1").at("2025-03-05T10:00:00Z").with("value", 1),
                        event("2").at("2025-03-05T12:00:00Z").with("value", 10),
                        event("3").at("2025-03-07T10:00:00Z").with("value", 100));

        List<UsageRow> days = driver().rows(query(sum)
                .by(WindowSize.DAY, ZoneId.of("America/New_York"))
                .from(Instant.parse("2025-03-05T11:00:00Z"))
                .to(Instant.parse("2025-03-07T10:00:00.000001Z"))
                .query());

        assertThat(days)
                .extracting(
                        row -> row.window().start().toString(),
                        row -> row.window().end().toString(),
                        row -> row.value().toPlainString())
                .containsExactly(
                        tuple("2025-03-05T05:00:00Z", "2025-03-06T05:00:00Z", "10"),
                        tuple("2025-03-07T05:00:00Z", "2025-03-08T05:00:00Z", "100"));
    }

    @Test
    void boundsATotalByItsEventsWhereTheQueryDoesNot() {
        Meter sum = driver().define(meter("total").sum());
        driver().send(
                        event("1").at("2025-03-05T10:15:42.5Z").with("value", 1),
                        event("2").of("bob").at("2025-03-05T10:20:00Z").with("value", 2),
                        event("3").at("2025-03-05T11:59:59.999999Z").with("value", 3),
                        event("4").at("2025-03-05T12:07:00Z"));

        assertThat(windows(query(sum)))
                .containsExactly("2025-03-05T10:15:00Z/2025-03-05T12:08:00Z");
        assertThat(windows(query(sum).apart()))
                .containsExactly(
                        "2025-03-05T10:15:00Z/2025-03-05T12:08:00Z",
                        "2025-03-05T10:20:00Z/2025-03-05T10:21:00Z");
        assertThat(windows(query(sum).from(Instant.parse("2025-03-05T10:15:42.6Z"))))
                .containsExactly("2025-03-05T10:15:42.600Z/2025-03-05T12:08:00Z");
        assertThat(windows(query(sum).to(Instant.parse("2025-03-05T12:00:00Z"))))
                .containsExactly("2025-03-05T10:15:00Z/2025-03-05T12:00:00Z");
    }

    @Test
    void tellsSubjectsApartOrAddsThemUp() {
        Meter sum = driver().define(meter("total").sum());
        driver().send(
                        event("1").of("alice").with("value", 1),
                        event("2").of("bob").with("value", 10),
                        event("3").of("Alice").with("value", 100),
                        event("4").of("alice ").with("value", 1_000));

        assertThat(values(query(sum))).containsExactly("1111");
        assertThat(subjects(query(sum).apart())).containsExactly("Alice", "alice", "alice ", "bob");
        assertThat(values(query(sum).whose(only("alice", "bob", "nobody"))))
                .containsExactly("1", "10");
        assertThat(driver().rows(query(sum).whose(only("nobody")).query())).isEmpty();
    }

    @Test
    void ordersSubjectsAndGroupsByCodePoints() {
        Meter count = driver().define(meter("requests").dimensions("model"));
        driver().send(
                        event("1").of("😀").with("model", "\uffee"),
                        event("2").of("\uffee").with("model", "😀"),
                        event("3").of("a").with("model", "B"),
                        event("4").of("B").with("model", "a"));

        assertThat(subjects(query(count).apart())).containsExactly("B", "a", "\uffee", "😀");
        assertThat(groups(query(count).groupBy("model")))
                .containsExactly("[B]", "[a]", "[\uffee]", "[😀]");
    }

    @Test
    void groupsByAnyDimensionsInTheOrderAskedFor() {
        Meter sum = driver().define(meter("total").sum().dimensions("model", "region"));
        driver().send(
                        event("1").with("value", 1, "model", "x", "region", "eu"),
                        event("2").with("value", 10, "model", "x", "region", "us"),
                        event("3").with("value", 100, "model", "y", "region", "eu"),
                        event("4").with("value", 1_000, "region", number("1.0")),
                        event("5").with("value", 10_000, "model", true, "region", "1"),
                        event("6").with("value", 100_000, "model", ""),
                        event("7").with("value", 1_000_000, "model", Samples.data()));

        assertThat(groups(query(sum).groupBy("region", "model")))
                .containsExactly("[, ]", "[1, ]", "[1, true]", "[eu, x]", "[eu, y]", "[us, x]");
        assertThat(values(query(sum).groupBy("region", "model")))
                .containsExactly("1100000", "1000", "10000", "1", "100", "10");
        assertThat(values(query(sum).groupBy("model")))
                .containsExactly("1101000", "10000", "11", "100");
        assertThat(values(query(sum).groupBy("region")))
                .containsExactly("1100000", "11000", "101", "10");
    }

    @Test
    void tellsOnlyTheKeptGroupsApart() {
        Meter sum = driver().define(meter("total").sum().dimensions("model", "region"));
        Meter unique = driver().define(
                        meter("values").number(2).uniqueCount().dimensions("model", "region"));
        for (int i = 0; i < 6; i++) {
            driver().send(event("id-" + i)
                    .at(NOON.plusSeconds(i * 3_600))
                    .with("value", i % 2, "model", "m" + i % 3, "region", "r" + i % 2));
        }
        List<List<String>> kept = List.of(List.of("m1"), List.of("none"));
        QuerySample sums = query(sum).from(NOON).to(NOON.plusSeconds(86_400));

        assertThat(groups(sums.groupBy("model").keep(kept))).containsExactly("[m1]", "[]");
        assertThat(values(sums.groupBy("model").keep(kept))).containsExactly("1", "2");
        assertThat(values(query(unique).groupBy("model").keep(kept))).containsExactly("2", "2");
        assertThat(values(query(sum).groupBy("model").keep(List.of()))).containsExactly("3");
        assertThat(groups(query(sum)
                        .groupBy("region", "model")
                        .keep(List.of(List.of("r1", "m1"), List.of("m1", "r1")))
                        .by(WindowSize.DAY)))
                .containsExactly("[r1, m1]", "[]");
    }

    @Test
    void filtersWithAndWithoutGrouping() {
        Meter sum = driver().define(meter("total").sum().dimensions("model", "region"));
        driver().send(
                        event("1").with("value", 1, "model", "gpt-4", "region", "eu"),
                        event("2").with("value", 10, "model", "GPT-4o", "region", "eu"),
                        event("3").with("value", 100, "model", "claude", "region", "us"),
                        event("4").with("value", 1_000, "region", "us"),
                        event("5")
                                .of("bob")
                                .with("value", 10_000, "model", "gpt_4", "region", "eu"));

        assertThat(values(query(sum).where("model", Filter.eq("gpt-4")))).containsExactly("1");
        assertThat(values(query(sum).where("model", Filter.eq("")))).containsExactly("1000");
        assertThat(values(query(sum).where("model", Filter.ilike("gpt%"))))
                .containsExactly("10011");
        assertThat(values(query(sum).where("model", Filter.like("gpt\\_4"))))
                .containsExactly("10000");
        assertThat(values(query(sum).where("model", new Filter.Not(Filter.eq("claude")))))
                .containsExactly("11011");
        assertThat(values(query(sum).where("model", new Filter.In(Set.of("gpt-4", "claude")))))
                .containsExactly("101");
        assertThat(values(query(sum).where("model", new Filter.Less("a")))).containsExactly("1010");
        assertThat(values(query(sum)
                        .where("model", Filter.like("g%"))
                        .where("region", Filter.eq("eu"))
                        .apart()))
                .containsExactly("1", "10000");
        assertThat(values(query(sum)
                        .where("model", new Filter.Greater(""))
                        .groupBy("region")
                        .by(WindowSize.HOUR)))
                .containsExactly("10011", "100");
        assertThat(driver().rows(query(sum).where("model", Filter.eq("none")).query()))
                .isEmpty();
    }

    @Test
    void countsNothingBeforeTheMetersFirstMoment() {
        Instant first = NOON.plusNanos(1_000);
        Meter count = driver().define(meter("requests").eventFrom(first));
        driver().send(
                        event("before").at(NOON),
                        event("first").at(first),
                        event("after").at(NOON.plusSeconds(3_600)));

        assertThat(values(query(count))).containsExactly("2");
        assertThat(values(query(count).from(NOON.minusSeconds(60)))).containsExactly("2");
        assertThat(windows(query(count).from(NOON.minusSeconds(60)).to(NOON.plusSeconds(7_200))))
                .containsExactly("2025-03-05T11:59:00Z/2025-03-05T14:00:00Z");
        assertThat(values(query(count).from(NOON.minusSeconds(60)).to(NOON))).containsExactly("0");
    }

    @Test
    void keepsMetersAndNamespacesApart() {
        Meter requests = driver().define(meter("requests"));
        Meter others = driver().define(meter("others").number(2).type("other"));
        Meter there = driver().define(meter("requests").number(3).in(Samples.OTHER));
        driver().send(event("1"), event("2").type("other"), event("3").type("Request"), event("4"));

        assertThat(values(query(requests))).containsExactly("2");
        assertThat(values(query(others))).containsExactly("1");
        assertThat(values(query(there))).containsExactly("0");
    }

    @Test
    void cutsHoursWhereTheOffsetChanges() {
        Meter count = driver().define(meter("requests"));
        driver().send(
                        event("1").at("2025-04-05T14:10:00Z"),
                        event("2").at("2025-04-05T15:00:00Z"),
                        event("3").at("2025-04-05T15:29:59.999999Z"),
                        event("4").at("2025-04-05T15:30:00Z"),
                        event("5").at("2025-04-05T16:29:59.999999Z"));

        assertThat(windows(query(count).by(WindowSize.HOUR, ZoneId.of("Australia/Lord_Howe"))))
                .containsExactly(
                        "2025-04-05T14:00:00Z/2025-04-05T15:00:00Z",
                        "2025-04-05T15:00:00Z/2025-04-05T15:30:00Z",
                        "2025-04-05T15:30:00Z/2025-04-05T16:30:00Z");
    }

    @Test
    void readsRangesFromTheFirstMomentToTheLast() {
        Meter count = driver().define(meter("requests"));
        driver().send(
                        event("first").at("1970-01-01T00:00:00.000001Z"),
                        event("last").at("9999-12-31T23:59:59.999999Z"));

        assertThat(values(query(count))).containsExactly("2");
        assertThat(windows(query(count)))
                .containsExactly("1970-01-01T00:00:00Z/+10000-01-01T00:00:00Z");
        assertThat(values(query(count).from(Instant.parse("9999-12-31T23:59:59.999999Z"))))
                .containsExactly("1");
        assertThat(values(query(count).to(Instant.parse("1970-01-01T00:00:00.000002Z"))))
                .containsExactly("1");
        assertThat(values(query(count).from(Instant.MIN).to(Instant.MAX))).containsExactly("2");
    }

    @Test
    void refusesMoreWindowsThanAnAnswerHas() {
        Meter count = driver().define(meter("requests"));
        driver().send(event("1").at(NOON), event("2").at(NOON.plus(Duration.ofMinutes(10_000))));

        assertProblem(query(count).by(WindowSize.MINUTE).query(), "too-many-windows", "HOUR");
        assertThat(values(query(count).by(WindowSize.HOUR))).containsExactly("1", "1");
        assertThat(values(query(count)
                        .by(WindowSize.MINUTE)
                        .to(NOON.plus(Duration.ofMinutes(10_000)))))
                .containsExactly("1");
    }

    @Test
    void clipsOpenRangesToTheData() {
        Meter count = driver().define(meter("requests"));
        driver().send(event("1").at(NOON), event("2").at(NOON.plus(Duration.ofMinutes(9_999))));

        assertThat(values(query(count).by(WindowSize.MINUTE))).containsExactly("1", "1");
        assertThat(values(query(count)
                        .by(WindowSize.MINUTE)
                        .from(Instant.EPOCH)
                        .to(Instant.parse("9999-01-01T00:00:00Z"))))
                .containsExactly("1", "1");
    }

    @Test
    void refusesMoreRowsThanAnAnswerHas() {
        Meter count = driver().define(meter("requests").dimensions("model"));
        for (int batch = 0; batch < 12; batch++) {
            int first = batch * 8_500;
            driver().send(
                            Namespace.DEFAULT,
                            IntStream.range(first, first + 8_500)
                                    .mapToObj(i ->
                                            event("id-" + i).with("model", i).event())
                                    .toList());
        }

        assertProblem(query(count).groupBy("model").query(), "too-many-rows", "");
        assertThat(values(query(count))).containsExactly("102000");
    }

    private void assertProblem(UsageQuery query, String code, String part) {
        assertThatThrownBy(() -> driver().rows(query))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo(code);
                    assertThat(refused.problem().detail()).contains(part);
                });
    }

    private List<String> values(QuerySample query) {
        return driver().answer(query.query()).stream()
                .map(row -> row.value().toPlainString())
                .toList();
    }

    private List<String> windows(QuerySample query) {
        return driver().rows(query.query()).stream()
                .map(row -> row.window().start() + "/" + row.window().end())
                .toList();
    }

    private List<String> subjects(QuerySample query) {
        return driver().rows(query.query()).stream()
                .map(row -> row.subject().orElseThrow().value())
                .toList();
    }

    private List<String> groups(QuerySample query) {
        return driver().rows(query.query()).stream()
                .map(row -> row.group().toString())
                .toList();
    }
}
