package io.meterport.application.dashboard;

import io.meterport.application.spi.UsageState;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.CodePoints;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Works out one meter's part of a usage page. Whatever it shows is an answer of the store's to a
 * query of its own; nothing is added up here but what may be, sums and counts over time.
 */
public final class MeterPage {
    private final UsageState usage;
    private final Shape shape;
    private final SeriesRequest asked;
    private final PointBudget budget;

    /**
     * What all meters of a page share.
     *
     * @param period what is shown
     * @param before what it is compared with
     */
    public record Shape(
            Window period, Window before, ZoneId zone, Optional<WindowSize> size, Instant now) {}

    /**
     * For one meter of a page.
     *
     * @param budget what room the page has left; shared by its meters
     */
    public MeterPage(UsageState usage, Shape shape, SeriesRequest asked, PointBudget budget) {
        this.usage = usage;
        this.shape = shape;
        this.asked = asked;
        this.budget = budget;
    }

    /**
     * The meter's part of the page.
     *
     * @param query everything but range, windows and groups kept apart
     */
    public MeterAnswer answer(UsageQuery query) {
        Aggregation aggregation = query.meter().aggregation();
        Require.that(
                !asked.cumulative() || isAdditive(aggregation),
                "invalid-body",
                "cumulative is for meters that sum or count only");
        UsageQuery ungrouped = over(query, shape.period(), List.of(), Optional.empty());
        Series all =
                new Series(UsageQuery.OTHER, total(ungrouped), points(ungrouped, shape.period()));
        Optional<Comparison> previous =
                asked.compare() ? Optional.of(comparison(ungrouped, all)) : Optional.empty();
        if (query.groupBy().isEmpty()) {
            return new MeterAnswer(
                    query.meter(),
                    subject(query),
                    List.of(),
                    all,
                    List.of(),
                    Optional.empty(),
                    previous);
        }
        List<Group> ranked = ranked(query);
        List<Group> top = ranked.subList(0, Math.min(asked.top(), ranked.size()));
        boolean rest = ranked.size() > top.size() && !(aggregation instanceof Aggregation.Latest);
        UsageQuery kept = over(query, shape.period(), query.groupBy(), Optional.of(names(top)));
        Set<List<String>> shown = new LinkedHashSet<>(names(top));
        if (rest) {
            shown.add(UsageQuery.OTHER);
        }
        Map<List<String>, List<Point>> points = pointsByGroup(kept, shape.period(), shown);
        List<Series> groups = top.stream()
                .map(group -> new Series(
                        group.name(), group.value(), points.getOrDefault(group.name(), List.of())))
                .toList();
        Optional<Series> other = rest
                ? Optional.of(new Series(
                        UsageQuery.OTHER,
                        total(kept),
                        points.getOrDefault(UsageQuery.OTHER, List.of())))
                : Optional.empty();
        return new MeterAnswer(
                query.meter(), subject(query), query.groupBy(), all, groups, other, previous);
    }

    private record Group(List<String> name, Optional<BigDecimal> value) {}

    private static Optional<SubjectKey> subject(UsageQuery query) {
        return query.subjects() instanceof Subjects.Only only
                ? only.keys().stream().findFirst()
                : Optional.empty();
    }

    private static Set<List<String>> names(List<Group> groups) {
        Set<List<String>> names = new LinkedHashSet<>();
        groups.forEach(group -> names.add(group.name()));
        return names;
    }

    /** The groups by their value over the whole period, greatest first, ties by name. */
    private List<Group> ranked(UsageQuery query) {
        UsageQuery grouped = over(query, shape.period(), query.groupBy(), Optional.empty());
        List<Group> groups = new ArrayList<>();
        for (Reading reading : usage.read(grouped)) {
            Optional<BigDecimal> value = reading.tally().value(query.meter().aggregation());
            value.ifPresent(v -> groups.add(new Group(reading.group(), value)));
        }
        groups.sort(Comparator.comparing((Group group) -> group.value().orElseThrow())
                .reversed()
                .thenComparing(Group::name, MeterPage::compareNames));
        return groups;
    }

    /** The value of the readings' one ungrouped row, or of the groups not told apart. */
    private Optional<BigDecimal> total(UsageQuery query) {
        Aggregation aggregation = query.meter().aggregation();
        return usage.read(query).stream()
                .filter(reading -> reading.group().equals(UsageQuery.OTHER))
                .findFirst()
                .flatMap(reading -> reading.tally().value(aggregation))
                .or(() -> zero(aggregation));
    }

    private Comparison comparison(UsageQuery ungrouped, Series all) {
        Window before = shape.before();
        Instant upTo = Period.sameElapsed(shape.period(), before, shape.now(), shape.zone());
        Optional<BigDecimal> total = before.start().isBefore(upTo)
                ? total(over(
                        ungrouped, new Window(before.start(), upTo), List.of(), Optional.empty()))
                : zero(ungrouped.meter().aggregation());
        Optional<BigDecimal> delta =
                all.total().flatMap(now -> total.map(then -> now.subtract(then)));
        List<Point> points = before.isEmpty()
                ? List.of()
                : points(over(ungrouped, before, List.of(), Optional.empty()), before);
        return new Comparison(before, upTo, total, delta, points);
    }

    private List<Point> points(UsageQuery query, Window period) {
        return pointsByGroup(query, period, Set.of(UsageQuery.OTHER))
                .getOrDefault(UsageQuery.OTHER, List.of());
    }

    /** The points of these groups, each in the order of its windows; none without window size. */
    private Map<List<String>, List<Point>> pointsByGroup(
            UsageQuery query, Window period, Set<List<String>> groups) {
        Map<List<String>, List<Point>> lines = new HashMap<>();
        windowed(query).ifPresent(sized -> {
            List<Window> filled = asked.fill() ? begun(sized, period) : List.of();
            budget.take((long) filled.size() * groups.size());
            Map<List<String>, NavigableMap<Instant, Found>> found = found(sized);
            for (List<String> group : groups) {
                NavigableMap<Instant, Found> line = found.getOrDefault(group, new TreeMap<>());
                filled.forEach(window -> line.computeIfAbsent(
                        window.start(), start -> nothing(window, sized.meter().aggregation())));
                budget.take(Math.max(0, line.size() - filled.size()));
                lines.put(group, line(line.values()));
            }
        });
        return lines;
    }

    private record Found(Window window, Optional<BigDecimal> value) {}

    private static Found nothing(Window window, Aggregation aggregation) {
        return new Found(window, zero(aggregation));
    }

    private List<Window> begun(UsageQuery sized, Window period) {
        return sized.windows(() -> Optional.of(period)).stream()
                .filter(window -> !window.start().isAfter(shape.now()))
                .toList();
    }

    /** What was read, by group and start of its window. */
    private Map<List<String>, NavigableMap<Instant, Found>> found(UsageQuery sized) {
        Map<List<String>, NavigableMap<Instant, Found>> found = new HashMap<>();
        for (Reading reading : usage.read(sized)) {
            Optional<BigDecimal> value = reading.tally().value(sized.meter().aggregation());
            if (value.isPresent()) {
                found.computeIfAbsent(reading.group(), group -> new TreeMap<>())
                        .put(reading.window().start(), new Found(reading.window(), value));
            }
        }
        return found;
    }

    private List<Point> line(Collection<Found> line) {
        List<Point> points = new ArrayList<>(line.size());
        BigDecimal sum = BigDecimal.ZERO;
        for (Found each : line) {
            Window window = each.window();
            sum = sum.add(each.value().orElse(BigDecimal.ZERO));
            points.add(new Point(
                    window,
                    !window.start().isAfter(shape.now()) && shape.now().isBefore(window.end()),
                    each.value(),
                    asked.cumulative() ? Optional.of(sum) : Optional.empty()));
        }
        return points;
    }

    private Optional<UsageQuery> windowed(UsageQuery query) {
        return shape.size()
                .map(size -> new UsageQuery(
                        query.meter(),
                        query.subjects(),
                        query.from(),
                        query.to(),
                        new Windowing.By(size, shape.zone()),
                        query.groupBy(),
                        query.filters(),
                        query.kept()));
    }

    private static UsageQuery over(
            UsageQuery query,
            Window range,
            List<DimensionKey> groupBy,
            Optional<Set<List<String>>> kept) {
        return new UsageQuery(
                query.meter(),
                query.subjects(),
                Optional.of(range.start()),
                Optional.of(range.end()),
                new Windowing.Whole(),
                groupBy,
                query.filters(),
                kept);
    }

    private static boolean isAdditive(Aggregation aggregation) {
        return aggregation instanceof Aggregation.Sum || aggregation instanceof Aggregation.Count;
    }

    /** No events count as zero where things are summed or counted, and as nothing elsewhere. */
    private static Optional<BigDecimal> zero(Aggregation aggregation) {
        return isAdditive(aggregation) || aggregation instanceof Aggregation.UniqueCount
                ? Optional.of(BigDecimal.ZERO)
                : Optional.empty();
    }

    private static int compareNames(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = CodePoints.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
