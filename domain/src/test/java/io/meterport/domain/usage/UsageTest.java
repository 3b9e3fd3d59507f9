package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

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
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");
    private static final PropertyPath VALUE = PropertyPath.of("$.value");
    private static final Aggregation COUNT = new Aggregation.Count();
    private static final Aggregation SUM = new Aggregation.Sum(VALUE);
    private static final Aggregation AVG = new Aggregation.Avg(VALUE);
    private static final Aggregation MIN = new Aggregation.Min(VALUE);
    private static final Aggregation MAX = new Aggregation.Max(VALUE);
    private static final Aggregation LATEST = new Aggregation.Latest(VALUE);
    private static final Aggregation UNIQUE = new Aggregation.UniqueCount(VALUE);
    private static final List<Aggregation> ALL = List.of(COUNT, SUM, AVG, MIN, MAX, LATEST, UNIQUE);

    @Test
    void addsNumbersAndNumericStringsExactly() {
        List<Event> events = List.of(
                event(1, "alice", 0, number("123")),
                event(2, "alice", 1, text("0.4567890123456789")));

        assertThat(total(SUM, events)).isEqualTo("123.4567890123456789");
    }

    @Test
    void passesOverWhatIsNoNumber() {
        List<Event> events = new ArrayList<>();
        for (Json each : List.of(
                text("100"),
                text("NaN"),
                text("Inf"),
                text("many"),
                new Json.Nil(),
                new Json.Bool(true),
                Json.Obj.EMPTY)) {
            events.add(event(events.size(), "alice", events.size(), each));
        }
        events.add(new Event(
                new EventKey("tests", "none"),
                new EventType("request"),
                new SubjectKey("alice"),
                NOON,
                Optional.empty()));

        assertThat(total(SUM, events)).isEqualTo("100");
        assertThat(total(AVG, events)).isEqualTo("100");
        assertThat(total(COUNT, events)).isEqualTo("8");
        assertThat(total(UNIQUE, events)).isEqualTo("5");
    }

    @Test
    void hasNoRowWhereNoEventHasAValueExceptForCounts() {
        List<Event> events = List.of(event(1, "alice", 0, text("many")));

        for (Aggregation each : List.of(SUM, AVG, MIN, MAX, LATEST)) {
            assertThat(Usage.of(whole(each), events)).isEmpty();
        }
        assertThat(total(COUNT, events)).isEqualTo("1");
    }

    @Test
    void answersNothingWithOneZeroForCountsOnly() {
        for (Aggregation each : ALL) {
            boolean counts = each.equals(COUNT) || each.equals(UNIQUE);
            assertThat(Usage.of(whole(each), List.of())).hasSize(counts ? 1 : 0);
            assertThat(Usage.of(by(each, WindowSize.DAY, "UTC"), List.of())).isEmpty();
            assertThat(Usage.of(apart(each), List.of())).isEmpty();
        }
    }

    @Test
    void boundsTheZeroByTheRangeOrTheFirstMinuteOfTime() {
        UsageQuery bounded = new UsageQuery(
                meter(COUNT),
                new Subjects.Together(),
                Optional.of(NOON),
                Optional.of(NOON.plusSeconds(5)),
                new Windowing.Whole(),
                List.of(),
                Map.of());

        assertThat(Usage.of(bounded, List.of()).getFirst().window())
                .isEqualTo(new Window(NOON, NOON.plusSeconds(5)));
        assertThat(Usage.of(whole(COUNT), List.of()).getFirst().window())
                .isEqualTo(new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)));
    }

    @Test
    void boundsATotalByTheMinutesOfItsEvents() {
        List<Event> events =
                List.of(event(1, "alice", 61, number("1")), event(2, "bob", 150, number("1")));

        assertThat(Usage.of(whole(SUM), events).getFirst().window())
                .isEqualTo(new Window(NOON.plusSeconds(60), NOON.plusSeconds(180)));
        assertThat(Usage.of(apart(SUM), events))
                .extracting(UsageRow::window)
                .containsExactly(
                        new Window(NOON.plusSeconds(60), NOON.plusSeconds(120)),
                        new Window(NOON.plusSeconds(120), NOON.plusSeconds(180)));
    }

    @Test
    void takesTheLatestByTimeAndThenTheGreater() {
        List<Event> events = List.of(
                event(1, "alice", 5, number("1")),
                event(2, "alice", 9, number("2")),
                event(3, "alice", 9, number("3")),
                event(4, "alice", 9, number("-4")),
                event(5, "alice", 10, text("none")),
                event(6, "alice", 8, number("100")));

        assertThat(total(LATEST, events)).isEqualTo("3");
    }

    @Test
    void roundsAnAverageOnceHalfToEven() {
        Json huge = number("1000000000000000000000000000");
        Event one = event(1, "a", 0, huge);

        assertThat(total(AVG, List.of(one, event(2, "a", 0, number("0.0000001")))))
                .isEqualTo("500000000000000000000000000");
        assertThat(total(AVG, List.of(one, event(2, "a", 0, number("0.0000003")))))
                .isEqualTo("500000000000000000000000000.0000002");
        assertThat(total(
                        AVG,
                        List.of(
                                event(1, "a", 0, number("1")),
                                event(2, "a", 0, number("0")),
                                event(3, "a", 0, number("1")))))
                .isEqualTo("0.6666666666666666666666666666666667");
    }

    @Test
    void countsDistinctTextsOfValues() {
        List<Event> events = new ArrayList<>();
        for (Json each : List.of(
                number("1"),
                text("1"),
                number("1.0"),
                text("null"),
                text(""),
                new Json.Bool(true),
                text("true"),
                new Json.Nil())) {
            events.add(event(events.size(), "alice", events.size(), each));
        }

        assertThat(total(UNIQUE, events)).isEqualTo("4");
    }

    @Test
    void countsAnEventAtTheStartOfARangeAndNotAtItsEnd() {
        List<Event> events = List.of(
                event(1, "a", -1, number("1")),
                event(2, "a", 0, number("10")),
                event(3, "a", 60, number("100")));
        UsageQuery minute = new UsageQuery(
                meter(SUM),
                new Subjects.Together(),
                Optional.of(NOON),
                Optional.of(NOON.plusSeconds(60)),
                new Windowing.Whole(),
                List.of(),
                Map.of());

        assertThat(values(minute, events)).containsExactly("10");
    }

    @Test
    void countsOnlyEventsOfTheTypeFromTheFirstMomentOn() {
        Meter late = meter(COUNT, Optional.of(NOON.plusSeconds(10)));
        List<Event> events = List.of(
                event(1, "a", 9, number("1")),
                event(2, "a", 10, number("1")),
                new Event(
                        new EventKey("tests", "3"),
                        new EventType("Request"),
                        new SubjectKey("a"),
                        NOON.plusSeconds(20),
                        Optional.empty()));
        UsageQuery query = new UsageQuery(
                late,
                new Subjects.Together(),
                Optional.of(NOON),
                Optional.empty(),
                new Windowing.Whole(),
                List.of(),
                Map.of());

        assertThat(values(query, events)).containsExactly("1");
        assertThat(Usage.of(query, events).getFirst().window().start()).isEqualTo(NOON);
    }

    @Test
    void reportsWholeWindowsAndLeavesOutEmptyOnes() {
        List<Event> events =
                List.of(event(1, "a", 0, number("1")), event(2, "a", 2 * 86_400, number("2")));

        List<UsageRow> rows = Usage.of(by(SUM, WindowSize.DAY, "America/New_York"), events);

        assertThat(rows)
                .extracting(UsageRow::window)
                .containsExactly(
                        new Window(
                                Instant.parse("2025-03-05T05:00:00Z"),
                                Instant.parse("2025-03-06T05:00:00Z")),
                        new Window(
                                Instant.parse("2025-03-07T05:00:00Z"),
                                Instant.parse("2025-03-08T05:00:00Z")));
    }

    @Test
    void tellsOnlyTheSubjectsApartThatAreAskedFor() {
        List<Event> events = List.of(
                event(1, "a", 0, number("1")),
                event(2, "b", 0, number("10")),
                event(3, "c", 0, number("100")));
        UsageQuery two = new UsageQuery(
                meter(SUM),
                new Subjects.Only(Set.of(new SubjectKey("a"), new SubjectKey("c"))),
                Optional.empty(),
                Optional.empty(),
                new Windowing.Whole(),
                List.of(),
                Map.of());

        assertThat(values(two, events)).containsExactly("1", "100");
        assertThat(total(SUM, events)).isEqualTo("111");
        assertThat(Usage.of(whole(SUM), events).getFirst().subject()).isEmpty();
    }

    @Test
    void groupsByTextWhereMissingIsEmpty() {
        List<Event> events = List.of(
                grouped(1, new Json.Text("x")),
                grouped(2, number("1.0")),
                grouped(3, new Json.Bool(true)),
                grouped(4, new Json.Nil()),
                grouped(5, Json.Obj.EMPTY),
                grouped(6, new Json.Text("")),
                event(7, "a", 0, number("1")));
        UsageQuery query = new UsageQuery(
                meter(COUNT),
                new Subjects.Together(),
                Optional.of(NOON),
                Optional.empty(),
                new Windowing.Whole(),
                List.of(new DimensionKey("model")),
                Map.of());

        assertThat(Usage.of(query, events))
                .extracting(row -> row.group().getFirst(), row -> row.value().intValueExact())
                .containsExactly(tuple("", 4), tuple("1", 1), tuple("true", 1), tuple("x", 1));
    }

    @Test
    void refusesTooManyRows() {
        List<Event> events = IntStream.rangeClosed(0, UsageQuery.MOST_ROWS)
                .mapToObj(i -> event(i, "subject-" + i, 0, number("1")))
                .toList();

        assertThat(Usage.of(apart(COUNT), events.subList(1, events.size())))
                .hasSize(UsageQuery.MOST_ROWS);
        assertThatThrownBy(() -> Usage.of(apart(COUNT), events))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("too-many-rows: ");
    }

    @Property(tries = 300)
    void doesNotDependOnTheOrderOfEvents(
            @ForAll("events") List<Event> events,
            @ForAll("queries") UsageQuery query,
            @ForAll Random random) {
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        assertThat(plain(Usage.of(query, shuffled))).isEqualTo(plain(Usage.of(query, events)));
    }

    @Property(tries = 300)
    void windowsAddUpToTheWhole(
            @ForAll("events") List<Event> events, @ForAll("zones") ZoneId zone) {
        for (Aggregation each : List.of(COUNT, SUM)) {
            BigDecimal whole = sum(Usage.of(whole(each), events));
            for (WindowSize size : List.of(WindowSize.HOUR, WindowSize.DAY, WindowSize.MONTH)) {
                List<UsageRow> rows = Usage.of(by(each, size, zone.getId()), events);
                assertThat(sum(rows)).isEqualByComparingTo(whole);
            }
            assertThat(sum(Usage.of(apart(each), events))).isEqualByComparingTo(whole);
        }
    }

    @Property(tries = 200)
    void everyAnswerLiesBetweenTheSmallestAndTheLargest(@ForAll("events") List<Event> events) {
        Optional<BigDecimal> min = value(MIN, events);
        Optional<BigDecimal> max = value(MAX, events);
        for (Aggregation each : List.of(AVG, LATEST)) {
            value(each, events).ifPresent(value -> {
                BigDecimal slack = value.abs().movePointLeft(30);
                assertThat(value)
                        .isBetween(
                                min.orElseThrow().subtract(slack),
                                max.orElseThrow().add(slack));
            });
        }
        assertThat(min.isPresent()).isEqualTo(value(SUM, events).isPresent());
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Json> values = Arbitraries.oneOf(
                Arbitraries.longs().map(Json.Num::of),
                Arbitraries.of("0.1", "9007199254740993", "1e27", "-1e-30", "many")
                        .map(Json.Text::new),
                Arbitraries.just(new Json.Nil()));
        return Combinators.combine(
                        Arbitraries.integers(),
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.integers().between(-2_000_000, 2_000_000),
                        values,
                        Arbitraries.of("x", "y", ""))
                .as((id, subject, seconds, value, model) -> event(
                        id,
                        subject,
                        seconds,
                        Map.of("value", value, "model", new Json.Text(model))))
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<UsageQuery> queries() {
        return Combinators.combine(
                        Arbitraries.of(ALL),
                        Arbitraries.of(new Subjects.Together(), new Subjects.Each()),
                        zones(),
                        Arbitraries.of(WindowSize.HOUR, WindowSize.DAY, WindowSize.MONTH)
                                .optional(),
                        Arbitraries.of(new DimensionKey("model")).list().ofMaxSize(1))
                .as((aggregation, subjects, zone, size, groupBy) -> new UsageQuery(
                        meter(aggregation),
                        subjects,
                        Optional.empty(),
                        Optional.empty(),
                        size.<Windowing>map(s -> new Windowing.By(s, zone))
                                .orElseGet(Windowing.Whole::new),
                        groupBy,
                        Map.of()));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
                .map(ZoneId::of);
    }

    private static List<UsageRow> plain(List<UsageRow> rows) {
        return rows.stream()
                .map(row -> new UsageRow(
                        row.window(), row.subject(), row.group(), row.value().stripTrailingZeros()))
                .toList();
    }

    private static BigDecimal sum(List<UsageRow> rows) {
        return rows.stream().map(UsageRow::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Optional<BigDecimal> value(Aggregation aggregation, List<Event> events) {
        return Usage.of(whole(aggregation), events).stream()
                .map(UsageRow::value)
                .findFirst();
    }

    private static String total(Aggregation aggregation, List<Event> events) {
        return values(whole(aggregation), events).getFirst();
    }

    private static List<String> values(UsageQuery query, List<Event> events) {
        return Usage.of(query, events).stream()
                .map(row -> row.value().stripTrailingZeros().toPlainString())
                .toList();
    }

    private static UsageQuery whole(Aggregation aggregation) {
        return query(aggregation, new Subjects.Together(), new Windowing.Whole());
    }

    private static UsageQuery apart(Aggregation aggregation) {
        return query(aggregation, new Subjects.Each(), new Windowing.Whole());
    }

    private static UsageQuery by(Aggregation aggregation, WindowSize size, String zone) {
        return query(aggregation, new Subjects.Together(), new Windowing.By(size, ZoneId.of(zone)));
    }

    private static UsageQuery query(
            Aggregation aggregation, Subjects subjects, Windowing windowing) {
        return new UsageQuery(
                meter(aggregation),
                subjects,
                Optional.empty(),
                Optional.empty(),
                windowing,
                List.of(),
                Map.of());
    }

    private static Meter meter(Aggregation aggregation) {
        return meter(aggregation, Optional.empty());
    }

    private static Meter meter(Aggregation aggregation, Optional<Instant> eventFrom) {
        return new Meter(
                new MeterId("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                Namespace.DEFAULT,
                new MeterSlug("tokens"),
                "tokens",
                Optional.empty(),
                new EventType("request"),
                eventFrom,
                aggregation,
                List.of(new Dimension(new DimensionKey("model"), PropertyPath.of("$.model"))),
                Optional.empty(),
                NOON,
                NOON,
                Optional.empty());
    }

    private static Event grouped(int id, Json model) {
        return event(id, "a", 0, Map.of("model", model));
    }

    private static Event event(int id, String subject, long seconds, Json value) {
        return event(id, subject, seconds, Map.of("value", value));
    }

    private static Event event(int id, String subject, long seconds, Map<String, Json> data) {
        return new Event(
                new EventKey("tests", "id-" + id),
                new EventType("request"),
                new SubjectKey(subject),
                NOON.plusSeconds(seconds),
                Optional.of(new Json.Obj(new LinkedHashMap<>(data))));
    }

    private static Json number(String digits) {
        return new Json.Num(new BigDecimal(digits));
    }

    private static Json text(String text) {
        return new Json.Text(text);
    }
}
