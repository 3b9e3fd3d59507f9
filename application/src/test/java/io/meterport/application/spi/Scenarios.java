package io.meterport.application.spi;

import io.meterport.domain.event.Event;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Scenarios aimed at where computing usage goes wrong. */
final class Scenarios {
    private static final List<String> TEXTS = List.of(
            "", "a", "A", "aa", "a%", "a_", "\\", "é", "e\u0301", "1", "true", "\uffee", "😀");
    private static final List<String> KEYS = List.of("d1", "d2");

    private Scenarios() {}

    static Arbitrary<Scenario> any() {
        return any(6);
    }

    /** With up to so many queries each. */
    static Arbitrary<Scenario> any(int mostQueries) {
        return ClockChanges.any().flatMap(change -> near(change, mostQueries));
    }

    private static Arbitrary<Scenario> near(ClockChanges.Change change, int mostQueries) {
        return batches(change)
                .flatMap(batches -> Combinators.combine(
                                meters(change),
                                Arbitraries.integers().between(0, batches.size()),
                                Arbitraries.integers().between(0, 3 * batches.size()),
                                Arbitraries.of(relabellings()),
                                forgetting(change, batches.size()),
                                Arbitraries.integers().between(0, 3 * batches.size()),
                                queries(change).list().ofMinSize(1).ofMaxSize(mostQueries))
                        .as((meter, define, relabel, dimensions, forget, erase, queries) ->
                                new Scenario(
                                        meter,
                                        batches,
                                        define,
                                        relabel > batches.size() ? -1 : Math.max(define, relabel),
                                        dimensions,
                                        forget.get1(),
                                        forget.get2(),
                                        erase,
                                        queries)));
    }

    /** In most scenarios never, or so long ago that nothing is lost. */
    private static Arbitrary<Tuple2<Integer, Instant>> forgetting(
            ClockChanges.Change change, int batches) {
        return Combinators.combine(Arbitraries.integers().between(0, 3 * batches), change.times())
                .as((before, time) -> Tuple.of(before, time.truncatedTo(ChronoUnit.HOURS)));
    }

    private static Arbitrary<MeterSample> meters(ClockChanges.Change change) {
        Arbitrary<Aggregation> aggregations = Arbitraries.of(
                new Aggregation.Count(),
                new Aggregation.Sum(MeterSample.VALUE),
                new Aggregation.Avg(MeterSample.VALUE),
                new Aggregation.Min(MeterSample.VALUE),
                new Aggregation.Max(MeterSample.VALUE),
                new Aggregation.Latest(MeterSample.VALUE),
                new Aggregation.UniqueCount(MeterSample.VALUE));
        return Combinators.combine(aggregations, change.times().optional(0.25))
                .as((aggregation, from) -> new MeterSample(
                        1,
                        Samples.OTHER,
                        "metered",
                        "request",
                        from,
                        aggregation,
                        dimensions("d1", "$.d1", "d2", "$.deep.d2")));
    }

    private static List<List<Dimension>> relabellings() {
        return List.of(
                dimensions("d2", "$.deep.d2", "d1", "$.d1"),
                dimensions("d1", "$.deep.d2", "d2", "$.d1"),
                dimensions("d1", "$.none", "d2", "$.deep.d2"),
                dimensions("d0", "$.d1", "d1", "$['d1']", "d2", "$.list[0]"));
    }

    private static List<Dimension> dimensions(String... keysAndPaths) {
        return IntStream.range(0, keysAndPaths.length / 2)
                .mapToObj(i -> new Dimension(
                        new DimensionKey(keysAndPaths[2 * i]),
                        PropertyPath.of(keysAndPaths[2 * i + 1])))
                .toList();
    }

    private static Arbitrary<List<List<Event>>> batches(ClockChanges.Change change) {
        return events(change).list().ofMaxSize(14).list().ofMinSize(1).ofMaxSize(6);
    }

    /** Ids repeat, also with other contents. */
    private static Arbitrary<Event> events(ClockChanges.Change change) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.frequency(Tuple.of(9, "request"), Tuple.of(1, "another")),
                        Arbitraries.of("alice", "bob", "Bob", "b ob", "ä"),
                        change.times(),
                        data().optional(0.95))
                .as((id, type, subject, time, data) ->
                        new EventSample("tests", "id-" + id, type, subject, time, data).event());
    }

    private static Arbitrary<Json.Obj> data() {
        return Combinators.combine(
                        values().optional(0.9), labels().optional(0.85), labels().optional(0.85))
                .as((value, first, second) -> {
                    Map<String, Json> members = new LinkedHashMap<>();
                    value.ifPresent(json -> members.put("value", json));
                    first.ifPresent(json -> members.put("d1", json));
                    second.ifPresent(json -> {
                        members.put("deep", new Json.Obj(Map.of("d2", json)));
                        members.put("list", new Json.Arr(List.of(json)));
                    });
                    return new Json.Obj(members);
                });
    }

    private static Arbitrary<Json> values() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(-20, 20).map(Json.Num::of)),
                Tuple.of(4, decimals().map(Json.Num::new)),
                Tuple.of(2, decimals().map(number -> new Json.Text(number.toString()))),
                Tuple.of(2, labels()),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                        "NaN", "1e29", "1e-31", "+.5", "5.", "0x1", " 1", "1e27",
                                        "٣")
                                .map(Json.Text::new)));
    }

    private static Arbitrary<BigDecimal> decimals() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                                "0.1",
                                "-0.1",
                                "0.2",
                                "9007199254740993",
                                "9223372036854775807",
                                "-9223372036854775808",
                                "9999999999999999999999999999",
                                "-9999999999999999999999999999.999999999999",
                                "0.000000000000000000000000000001",
                                "1e27",
                                "1e28",
                                "1.00",
                                "0.0")
                        .map(BigDecimal::new),
                Arbitraries.longs()
                        .flatMap(digits -> Arbitraries.integers()
                                .between(-8, 30)
                                .map(scale -> BigDecimal.valueOf(digits, scale))));
    }

    private static Arbitrary<Json> labels() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(TEXTS).map(Json.Text::new)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                Samples.number("1"),
                                Samples.number("1.0"),
                                Samples.number("1e3"),
                                new Json.Bool(true),
                                new Json.Nil(),
                                new Json.Arr(List.of()),
                                Json.Obj.EMPTY)));
    }

    private static Arbitrary<QuerySample> queries(ClockChanges.Change change) {
        return Combinators.combine(
                        subjects(),
                        change.ranges(),
                        windowings(change),
                        Arbitraries.of(KEYS).map(DimensionKey::new).list().uniqueElements(),
                        Arbitraries.maps(Arbitraries.of(KEYS).map(DimensionKey::new), filters(2))
                                .ofMaxSize(2)
                                .optional(0.4))
                .flatAs((subjects, range, windowing, groupBy, filters) -> kept(groupBy.size())
                        .map(kept -> new QuerySample(
                                MeterSample.counting("placeholder")
                                        .dimensions("d1", "d2")
                                        .meter(),
                                subjects,
                                range.from(),
                                range.to(),
                                windowing,
                                groupBy,
                                filters.orElse(Map.of()),
                                kept)));
    }

    private static Arbitrary<Subjects> subjects() {
        return Arbitraries.oneOf(
                Arbitraries.just(new Subjects.Together()),
                Arbitraries.just(new Subjects.Each()),
                Arbitraries.of("alice", "bob", "Bob", "ä", "nobody")
                        .map(SubjectKey::new)
                        .set()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(Subjects.Only::new));
    }

    private static Arbitrary<Windowing> windowings(ClockChanges.Change change) {
        Arbitrary<ZoneId> zones = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(change.zone())), Tuple.of(1, ClockChanges.zones()));
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(new Windowing.Whole())),
                Tuple.of(
                        4,
                        Combinators.combine(Arbitraries.of(WindowSize.values()), zones)
                                .as(Windowing.By::new)));
    }

    private static Arbitrary<Filter> filters(int depth) {
        Arbitrary<Filter> simple = Arbitraries.oneOf(
                Arbitraries.of(TEXTS).set().ofMinSize(1).ofMaxSize(3).map(Filter.In::new),
                Arbitraries.of("%", "", "a%", "%a", "_", "%\\%", "_\\_", "A_", "\\\\")
                        .map(Filter::like),
                Arbitraries.of("A%", "É", "_", "%e%").map(Filter::ilike),
                Arbitraries.of(TEXTS).map(Filter.Less::new),
                Arbitraries.of(TEXTS).map(Filter.Greater::new));
        if (depth == 0) {
            return simple;
        }
        Arbitrary<Filter> deeper = Arbitraries.lazy(() -> filters(depth - 1));
        return Arbitraries.frequencyOf(
                Tuple.of(5, simple),
                Tuple.of(1, deeper.map(Filter.Not::new)),
                Tuple.of(1, deeper.list().ofMaxSize(2).map(Filter.And::new)),
                Tuple.of(1, deeper.list().ofMaxSize(2).map(Filter.Or::new)));
    }

    private static Arbitrary<Optional<Set<List<String>>>> kept(int dimensions) {
        return Arbitraries.of(TEXTS)
                .list()
                .ofSize(dimensions)
                .set()
                .ofMaxSize(4)
                .optional(dimensions == 0 ? 0 : 0.2);
    }

    /** Where a query begins and ends. */
    record Range(Optional<Instant> from, Optional<Instant> to) {}
}
