package io.meterport.domain.usage;

import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.CodePoints;
import io.meterport.domain.subject.SubjectKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The meaning of metering: what a query answers, given the events. Every store may compute usage in
 * any way it likes and must answer what this class would.
 *
 * <p>An event counts for a query if it is of the meter's type, not before the meter's {@code
 * eventFrom}, inside the query's range, of a subject asked for, and meets every filter. Counted
 * events are put together by window, subject and group:
 *
 * <ul>
 *   <li>COUNT is the number of events; UNIQUE_COUNT the number of distinct texts of their values.
 *   <li>SUM, AVG, MIN, MAX and LATEST look only at events with a usable number; without any there
 *       is no row.
 *   <li>Windows without events have no row. COUNT and UNIQUE_COUNT of nothing, neither windowed nor
 *       grouped, are one row with zero.
 *   <li>A row of a query without window size begins at {@code from} and ends at {@code to}; where
 *       one is not given, at the minute of its earliest event, and after that of its latest.
 *   <li>Rows are ordered by window, then subject, then group, by code points.
 * </ul>
 *
 * <p>Events are taken as they are: of two with equal key, both count. Stateless and thread-safe.
 */
public final class Usage {
    private static final Comparator<List<String>> BY_TEXTS = Usage::compareTexts;
    private static final Comparator<UsageRow> ORDER = Comparator.comparing(
                    (UsageRow row) -> row.window().start())
            .thenComparing(row -> row.window().end())
            .thenComparing(
                    row -> row.subject().map(SubjectKey::value).orElse(""), CodePoints::compare)
            .thenComparing(UsageRow::group, BY_TEXTS);

    private Usage() {}

    /** What {@code query} answers if these are all events there are; any order will do. */
    public static List<UsageRow> of(UsageQuery query, Collection<Event> events) {
        return rows(query, readings(query, events));
    }

    /** The answer that a store's findings come to. */
    public static List<UsageRow> rows(UsageQuery query, List<Reading> readings) {
        Require.that(
                readings.size() <= UsageQuery.MOST_ROWS,
                "too-many-rows",
                "an answer has at most " + UsageQuery.MOST_ROWS + " rows; ask for a shorter range,"
                        + " larger windows or fewer groups");
        Aggregation aggregation = query.meter().aggregation();
        List<UsageRow> rows = new ArrayList<>(readings.size());
        for (Reading reading : readings) {
            reading.tally()
                    .value(aggregation)
                    .map(value -> row(query, reading, value))
                    .ifPresent(rows::add);
        }
        if (rows.isEmpty() && countsNothing(query)) {
            return List.of(zero(query));
        }
        rows.sort(ORDER);
        return List.copyOf(rows);
    }

    /** The windows that {@code query} asks for if these are all events there are. */
    public static List<Window> windows(UsageQuery query, Collection<Event> events) {
        return query.windows(() -> extent(counted(query, events)));
    }

    /** What a store would find if these were all events there are. */
    public static List<Reading> readings(UsageQuery query, Collection<Event> events) {
        List<Counted> counted = counted(query, events);
        List<Window> windows = query.windows(() -> extent(counted));
        NavigableMap<Instant, Window> byStart = new TreeMap<>();
        windows.forEach(window -> byStart.put(window.start(), window));
        Map<Place, Pile> piles = new LinkedHashMap<>();
        for (Counted each : counted) {
            Window window = byStart.floorEntry(each.event().time()).getValue();
            Place place = new Place(window, each.subject(), each.group());
            piles.computeIfAbsent(place, p -> new Pile(query.meter().aggregation()))
                    .add(each);
        }
        return piles.entrySet().stream()
                .map(pile -> pile.getKey().reading(pile.getValue().tally()))
                .toList();
    }

    private record Counted(
            Event event,
            Optional<SubjectKey> subject,
            List<String> group,
            Contribution.Value value) {}

    private record Place(Window window, Optional<SubjectKey> subject, List<String> group) {
        Reading reading(Tally tally) {
            return new Reading(window, subject, group, tally);
        }
    }

    /** Events of one window, subject and group, added up one by one. */
    private static final class Pile {
        private final Aggregation aggregation;
        private final Set<String> texts = new HashSet<>();
        private Optional<Tally> sum = Optional.empty();

        Pile(Aggregation aggregation) {
            this.aggregation = aggregation;
        }

        void add(Counted each) {
            Tally one = Tally.of(aggregation, each.event().time(), each.value());
            sum = Optional.of(sum.map(so -> so.plus(aggregation, one)).orElse(one));
            if (each.value() instanceof Contribution.Value.Text(String text)) {
                texts.add(text);
            }
        }

        Tally tally() {
            Tally all = sum.orElseThrow();
            return aggregation instanceof Aggregation.UniqueCount
                    ? new Tally(
                            all.events(),
                            texts.size(),
                            BigDecimal.ZERO,
                            Instant.EPOCH,
                            all.firstMinute(),
                            all.lastMinute())
                    : all;
        }
    }

    private static List<Counted> counted(UsageQuery query, Collection<Event> events) {
        Grouping grouping = query.grouping();
        Window range = query.range();
        List<Counted> counted = new ArrayList<>();
        for (Event event : events) {
            if (!range.contains(event.time()) || !query.subjects().include(event.subject())) {
                continue;
            }
            Contribution.of(query.meter(), event)
                    .filter(gives -> grouping.matches(gives.group()))
                    .map(gives -> new Counted(
                            event,
                            query.subjects().apart()
                                    ? Optional.of(event.subject())
                                    : Optional.empty(),
                            grouping.project(gives.group()),
                            gives.value()))
                    .ifPresent(counted::add);
        }
        return counted;
    }

    private static Optional<Window> extent(List<Counted> counted) {
        return counted.stream()
                .map(each -> each.event().time().truncatedTo(ChronoUnit.MINUTES))
                .map(minute -> new Window(minute, afterMinute(minute)))
                .reduce((a, b) -> new Window(
                        a.start().isBefore(b.start()) ? a.start() : b.start(),
                        a.end().isAfter(b.end()) ? a.end() : b.end()));
    }

    private static UsageRow row(UsageQuery query, Reading reading, BigDecimal value) {
        Window window = switch (query.windowing()) {
            case Windowing.By ignored -> reading.window();
            case Windowing.Whole ignored -> whole(query, reading.tally());
        };
        return new UsageRow(window, reading.subject(), reading.group(), value);
    }

    private static Window whole(UsageQuery query, Tally tally) {
        return new Window(
                query.from().orElse(tally.firstMinute()),
                query.to().orElse(afterMinute(tally.lastMinute())));
    }

    private static boolean countsNothing(UsageQuery query) {
        return query.windowing() instanceof Windowing.Whole
                && !query.subjects().apart()
                && query.groupBy().isEmpty()
                && (query.meter().aggregation() instanceof Aggregation.Count
                        || query.meter().aggregation() instanceof Aggregation.UniqueCount);
    }

    private static UsageRow zero(UsageQuery query) {
        Instant start = query.from().orElse(Instant.EPOCH);
        Instant end = query.to().orElse(afterMinute(start.truncatedTo(ChronoUnit.MINUTES)));
        Window window = end.isBefore(start) ? new Window(start, start) : new Window(start, end);
        return new UsageRow(window, Optional.empty(), List.of(), BigDecimal.ZERO);
    }

    private static Instant afterMinute(Instant minute) {
        return minute.plus(1, ChronoUnit.MINUTES);
    }

    private static int compareTexts(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = CodePoints.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return b.size() - a.size(); // Told-apart groups come before all others together.
    }
}
