package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Rollups;
import io.meterport.adapters.postgres.rollup.Target;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.application.spi.CombinationCap;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.application.spi.SubjectCap;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns what events give to meters into rows, in one transaction. Not thread-safe. */
final class Contributing {
    private final Connection connection;
    private final Map<MeterId, Target> targets;
    private final Dictionaries.Numbers numbers;
    private final Combinations.Numbers groups;

    Contributing(
            Connection connection,
            Map<MeterId, Target> targets,
            Dictionaries.Numbers numbers,
            Combinations.Numbers groups) {
        this.connection = connection;
        this.targets = targets;
        this.numbers = numbers;
        this.groups = groups;
    }

    /** Gives numbers to whatever these events need that has none. */
    void require(List<NewEvent> events) throws SQLException {
        requireSeries(series(events));
        requireGroups(events.stream().map(NewEvent::metered).toList());
    }

    private static Map<Namespace, Set<SeriesKey>> series(List<NewEvent> events) {
        Map<Namespace, Set<SeriesKey>> series =
                new TreeMap<>(Comparator.comparing(Namespace::name));
        for (NewEvent event : events) {
            series.computeIfAbsent(event.of().batch().namespace(), missing -> new HashSet<>())
                    .add(event.series());
        }
        return series;
    }

    /** Where these events belong that bring more subjects than a namespace may have. */
    Map<NewBatch, ProblemException> refusals(SubjectCap cap, List<NewEvent> events)
            throws SQLException {
        if (!cap.refuses()) {
            return Map.of();
        }
        Map<Namespace, Dictionaries.Room> rooms = new HashMap<>();
        for (Map.Entry<Namespace, Set<SeriesKey>> each : series(events).entrySet()) {
            rooms.put(each.getKey(), numbers.room(connection, each.getKey(), each.getValue()));
        }
        SubjectGate gate = new SubjectGate(cap, rooms);
        Map<NewBatch, ProblemException> refusals = gate.refusals(events);
        gate.full().forEach(numbers::refused);
        return refusals;
    }

    /** Where these events belong that bring more combinations than a build may tell apart. */
    Map<NewBatch, ProblemException> refusals(CombinationCap cap, List<NewEvent> events)
            throws SQLException {
        if (!cap.refuses()) {
            return Map.of();
        }
        List<MeteredEvent> metered = events.stream().map(NewEvent::metered).toList();
        Map<Long, Combinations.Room> rooms = new TreeMap<>();
        for (Map.Entry<Long, Set<List<String>>> each : needed(metered).entrySet()) {
            rooms.put(each.getKey(), groups.room(connection, each.getKey(), each.getValue()));
        }
        CombinationGate gate = new CombinationGate(cap, targets, rooms);
        Map<NewBatch, ProblemException> refusals = gate.refusals(events);
        for (long build : gate.full()) {
            groups.refused(connection, build);
        }
        return refusals;
    }

    void requireSeries(Map<Namespace, Set<SeriesKey>> series) throws SQLException {
        for (Map.Entry<Namespace, Set<SeriesKey>> each : series.entrySet()) {
            numbers.require(connection, each.getKey(), each.getValue());
        }
    }

    void requireGroups(Collection<MeteredEvent> events) throws SQLException {
        for (Map.Entry<Long, Set<List<String>>> each : needed(events).entrySet()) {
            groups.require(connection, each.getKey(), each.getValue());
        }
    }

    private Map<Long, Set<List<String>>> needed(Collection<MeteredEvent> events) {
        Map<Long, Set<List<String>>> needed = new TreeMap<>();
        for (MeteredEvent event : events) {
            for (Contribution gives : event.contributions()) {
                Target target = targets.get(gives.meter());
                if (target != null && target.hasParts()) {
                    needed.computeIfAbsent(target.build(), missing -> new LinkedHashSet<>())
                            .add(gives.group());
                }
            }
        }
        return needed;
    }

    /** Adds what the event gives. */
    void add(NewEvent event, Rollups rollups) {
        add(event.metered(), numbers.series(event.series()), rollups);
    }

    /** Adds what an event of that series gives. */
    void add(MeteredEvent metered, long series, Rollups rollups) {
        Event event = metered.event();
        long micros = Micros.of(event.time());
        for (Contribution gives : metered.contributions()) {
            Target target = targets.get(gives.meter());
            if (target != null) {
                int combination = target.hasParts() ? groups.id(target.build(), gives.group()) : 0;
                rollups.add(target, series, micros, combination, gives.value());
            }
        }
    }
}
