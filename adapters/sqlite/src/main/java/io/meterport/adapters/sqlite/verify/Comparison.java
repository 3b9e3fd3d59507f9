package io.meterport.adapters.sqlite.verify;

import io.meterport.adapters.sqlite.catalog.StoredBuilds;
import io.meterport.adapters.sqlite.event.CountedGroups;
import io.meterport.adapters.sqlite.event.EventRows;
import io.meterport.adapters.sqlite.event.StoredHorizon;
import io.meterport.adapters.sqlite.event.StoredSeries;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.Cell;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.application.spi.VerificationReport;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Contribution;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * One verification: hour by hour, the events of an hour are counted anew and compared with what is
 * stored of it; then it is looked for what is stored without any event. Not thread-safe.
 */
final class Comparison {
    /** Sees also a name that is not the one by which its index finds it. */
    private static final String CHECK =
            "pragma integrity_check(" + VerificationReport.MOST_SHOWN + ")";

    private static final String NAMESPACES = "select id, name from namespace order by id";
    private static final String NEXT_HOUR =
            "select min(hour) from series_hour where namespace = ? and hour >= ?";
    private static final String SERIES = """
            select series.id from series_hour
            join series on series.id = series_hour.series
                and series.namespace = series_hour.namespace
            where series_hour.namespace = ? and series_hour.hour = ?""";
    private static final String ERASED_TYPES = """
            select series.type from erasure join series on series.id = erasure.series""";

    private record StoredNamespace(long id, String name) {}

    private final Session session;
    private final Report report = new Report();
    private final StoredHour stored;
    private final long horizon;
    private final List<StoredBuilds.Current> builds;
    private final int left;
    private final Map<Long, CountedGroups> groups = new HashMap<>();

    Comparison(Session session, StoredHorizon horizon) throws SQLException {
        this.session = session;
        this.stored = new StoredHour(session);
        List<StoredBuilds.Current> current = StoredBuilds.current(session.handle());
        Set<String> erased = new TreeSet<>(texts(ERASED_TYPES));
        this.builds = current.stream()
                .filter(StoredBuilds.Current::isComplete)
                .filter(build -> !erased.contains(build.meter().eventType().value()))
                .toList();
        this.left = current.size() - builds.size();
        // Asked for last: all that was deleted in this state of the file lies before it.
        this.horizon = Micros.of(horizon.get().moment());
    }

    VerificationReport run() throws SQLException {
        for (String found : texts(CHECK)) {
            if (!found.equals("ok")) {
                report.add("the file is damaged: " + found);
            }
        }
        for (StoredNamespace namespace : namespaces()) {
            long hour = nextHour(namespace.id(), Level.HOURS.bucket(horizon));
            while (hour >= 0) {
                compare(namespace, hour);
                hour = nextHour(namespace.id(), hour + 1);
            }
        }
        Leftovers leftovers = new Leftovers(session, report, horizon);
        leftovers.lookForEvents();
        for (StoredBuilds.Current build : builds) {
            leftovers.lookFor(build);
        }
        return report.finish(builds.size(), left);
    }

    private void compare(StoredNamespace namespace, long hour) throws SQLException {
        Map<HourPlace, HourSums> counted = new LinkedHashMap<>();
        for (long series : series(namespace.id(), hour)) {
            session.requireTime();
            count(StoredSeries.byId(session, series), namespace, hour, counted);
        }
        for (Map.Entry<HourPlace, HourSums> each : counted.entrySet()) {
            try {
                stored.read(each.getKey()).compare(each.getKey(), each.getValue(), report);
            } catch (SQLException e) {
                report.add(each.getKey() + ": " + e.getMessage());
            }
        }
    }

    private void count(
            StoredSeries series,
            StoredNamespace namespace,
            long hour,
            Map<HourPlace, HourSums> counted)
            throws SQLException {
        List<StoredBuilds.Current> counting = builds.stream()
                .filter(build -> build.meter().eventType().equals(series.type())
                        && build.meter().namespace().name().equals(namespace.name())
                        && build.dataFrom() <= Level.HOURS.start(hour))
                .toList();
        try {
            EventRows.rising(
                    session,
                    series,
                    Level.HOURS.start(hour),
                    Level.HOURS.start(hour + 1),
                    event -> {
                        report.addEvent();
                        for (StoredBuilds.Current build : counting) {
                            count(build, series, event.event(), counted);
                        }
                        return true;
                    });
        } catch (SQLException e) {
            report.add("events of series " + series.id() + ": " + e.getMessage());
        }
    }

    private void count(
            StoredBuilds.Current build,
            StoredSeries series,
            Event event,
            Map<HourPlace, HourSums> counted)
            throws SQLException {
        long micros = Micros.of(event.time());
        HourPlace place = new HourPlace(build, series.id(), Level.HOURS.bucket(micros));
        Optional<Contribution> found = Contribution.of(build.meter(), event);
        if (found.isPresent()) {
            Contribution gives = found.get();
            List<String> group = groups(build.number()).of(gives.group());
            HourSums one = counted.computeIfAbsent(place, Comparison::sums);
            HourSums all = counted.computeIfAbsent(place.ofAll(), Comparison::sums);
            add(place, gives, group, micros, one);
            add(place, gives, group, micros, all);
            if (gives.value() instanceof Contribution.Value.Text(String text)) {
                one.add(group, ValueHash.of(text));
            }
        }
    }

    private CountedGroups groups(long build) throws SQLException {
        CountedGroups known = groups.get(build);
        if (known == null) {
            known = new CountedGroups(session, OptionalLong.of(build));
            groups.put(build, known);
        }
        return known;
    }

    private static void add(
            HourPlace place, Contribution gives, List<String> counted, long micros, HourSums to) {
        Cell cell = Cell.of(place.target().merge(), micros, gives.value());
        long minute = Level.MINUTES.bucket(micros);
        List<List<String>> groups = place.target().hasParts()
                ? List.of(HourSums.TOTAL, counted)
                : List.of(HourSums.TOTAL);
        for (List<String> group : groups) {
            to.add(group, HourSums.WHOLE, cell);
            if (!place.target().countsDistinct()) {
                to.add(group, minute, cell);
            }
        }
    }

    private static HourSums sums(HourPlace place) {
        return new HourSums(place.target().merge());
    }

    private long nextHour(long namespace, long from) throws SQLException {
        PreparedStatement statement = session.prepare(NEXT_HOUR);
        statement.setLong(1, namespace);
        statement.setLong(2, from);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long hour = row.getLong(1);
            return row.wasNull() ? -1 : hour;
        }
    }

    private List<Long> series(long namespace, long hour) throws SQLException {
        PreparedStatement statement = session.prepare(SERIES);
        statement.setLong(1, namespace);
        statement.setLong(2, hour);
        List<Long> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(row.getLong(1));
            }
        }
        return found;
    }

    private List<StoredNamespace> namespaces() throws SQLException {
        List<StoredNamespace> found = new ArrayList<>();
        try (ResultSet row = session.prepare(NAMESPACES).executeQuery()) {
            while (row.next()) {
                found.add(new StoredNamespace(row.getLong(1), row.getString(2)));
            }
        }
        return found;
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }
}
