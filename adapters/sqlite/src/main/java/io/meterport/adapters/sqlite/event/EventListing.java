package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.application.spi.EventCursor;
import io.meterport.application.spi.EventQuery;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.Window;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One list of events, latest first: hour by hour backwards, in each hour the series that have events
 * in it, and of these only as far as they can still be among the first. Not thread-safe.
 */
final class EventListing {
    private static final int FEW_SERIES = 64;

    static final String HOUR_BEFORE = """
            select max(series_hour.hour) from namespace
            join series_hour on series_hour.namespace = namespace.id
            where namespace.name = ? and series_hour.hour between ? and ?""";

    static final String SERIES_OF_HOUR = """
            select series_hour.series from namespace
            join series_hour on series_hour.namespace = namespace.id
            cross join series on series.id = series_hour.series
                and series.namespace = namespace.id
            where namespace.name = ? and series_hour.hour = ?""";

    private final Session session;
    private final EventQuery query;
    private final long from;
    private final long to;
    private final int budget;
    private int lookedAt;
    private final Map<Long, StoredSeries> known = new HashMap<>();
    private final List<StoredEvent> found = new ArrayList<>();

    /**
     * @param horizon where events begin
     * @param budget how many events may be looked at one by one
     * @throws io.meterport.domain.problem.ProblemException {@code before-horizon}
     */
    EventListing(Session session, EventQuery query, Horizon horizon, int budget) {
        Window hull = query.time().hull();
        horizon.requireListed(hull);
        long end = Micros.notBefore(hull.end());
        this.session = session;
        this.query = query;
        this.budget = budget;
        this.from = Micros.of(horizon.isAfter(hull.start()) ? horizon.moment() : hull.start());
        this.to = query.after()
                .map(EventCursor::time)
                .map(time -> Math.min(end, Micros.of(time) + 1))
                .orElse(end);
    }

    List<StoredEvent> list() throws SQLException {
        Optional<List<StoredSeries>> few = fewSeries();
        if (few.isPresent()) {
            addLatest(few.get(), from, to);
            return List.copyOf(found);
        }
        OptionalLong hour = hourBefore(to);
        while (hour.isPresent() && found.size() < query.limit()) {
            long start = Level.HOURS.start(hour.getAsLong());
            long end = Level.HOURS.start(hour.getAsLong() + 1);
            addLatest(seriesOf(hour.getAsLong()), Math.max(from, start), Math.min(to, end));
            hour = hourBefore(start);
        }
        return List.copyOf(found);
    }

    /** Where subjects are named there are few series, and their events are found directly. */
    private Optional<List<StoredSeries>> fewSeries() throws SQLException {
        if (!(query.subject() instanceof Filter.In)) {
            return Optional.empty();
        }
        List<StoredSeries> asked = new ArrayList<>();
        for (StoredSeries series : StoredSeries.all(session, query.namespace())) {
            if (isAsked(series)) {
                asked.add(series);
            }
        }
        return asked.size() <= FEW_SERIES ? Optional.of(asked) : Optional.empty();
    }

    private boolean isAsked(StoredSeries series) {
        return query.type().matches(series.type().value())
                && query.subject().matches(series.subject().value());
    }

    private void addLatest(List<StoredSeries> among, long start, long end) throws SQLException {
        LatestEvents latest = new LatestEvents(query.limit() - found.size());
        for (StoredSeries series : among) {
            session.requireTime();
            EventRows.falling(session, series, start, end, event -> {
                if (!latest.mayTake(event)) {
                    return false;
                }
                if (query.matches(event)) {
                    latest.add(event);
                }
                requireFew(++lookedAt);
                return true;
            });
        }
        found.addAll(latest.sorted());
    }

    private void requireFew(int events) {
        if (events > budget) {
            throw new ProblemException(new Problem.Invalid(
                    "too-many-events",
                    "More than " + budget + " events would have to be looked through; name a"
                            + " subject or a type, or ask for a shorter time."));
        }
    }

    private OptionalLong hourBefore(long moment) throws SQLException {
        if (moment <= from) {
            return OptionalLong.empty();
        }
        PreparedStatement statement = session.prepare(HOUR_BEFORE);
        statement.setString(1, query.namespace().name());
        statement.setLong(2, Level.HOURS.bucket(from));
        statement.setLong(3, Level.HOURS.bucket(moment - 1));
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long hour = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(hour);
        }
    }

    private List<StoredSeries> seriesOf(long hour) throws SQLException {
        List<Long> ids = new ArrayList<>();
        PreparedStatement statement = session.prepare(SERIES_OF_HOUR);
        statement.setString(1, query.namespace().name());
        statement.setLong(2, hour);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        List<StoredSeries> asked = new ArrayList<>();
        for (long id : ids) {
            StoredSeries series = known(id);
            if (isAsked(series)) {
                asked.add(series);
            }
        }
        return asked;
    }

    private StoredSeries known(long id) throws SQLException {
        StoredSeries series = known.get(id);
        if (series == null) {
            series = StoredSeries.byId(session, id);
            known.put(id, series);
        }
        return series;
    }
}
