package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.application.spi.EventCursor;
import io.meterport.application.spi.EventQuery;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.Window;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One list of events, latest first, page by page along an index. Types and a few subjects that are
 * named are looked for by the server, all other conditions are checked here. Not thread-safe.
 */
final class EventListing {
    private static final int FEW_SERIES = 64;
    private static final int PAGE = 1_000;
    private static final char NUL = 0;

    /** Of any series, along the index by time. */
    static final String BY_TIME = "select " + EventRows.COLUMNS + """
            from event join series on series.id = event.series
                and series.namespace = event.namespace
            where event.namespace = (select id from namespace where name = ?)
                and event.time >= ? and event.time <= ? and (event.time, event.seq) < (?, ?)
                and (?::text[] is null or series.type = any(?::text[]))
            order by event.time desc, event.seq desc limit ?""";

    /** Of a few series, each along its own index. */
    static final String BY_SERIES = "select " + EventRows.COLUMNS + """
            from unnest(?::bigint[]) as wanted (id)
            cross join lateral (
                select * from event as one
                where one.series = wanted.id
                    and one.time >= ? and one.time <= ? and (one.time, one.seq) < (?, ?)
                order by one.time desc, one.seq desc limit ?) as event
            join series on series.id = event.series
            order by event.time desc, event.seq desc limit ?""";

    private static final String SERIES = """
            select id, type, subject from series
            where namespace = (select id from namespace where name = ?)
                and subject = any(?::text[])""";

    private final Connection connection;
    private final EventQuery query;
    private final long from;
    private final int budget;
    private long beforeTime;
    private long beforeSequence;
    private int lookedAt;

    /**
     * @param horizon where events begin
     * @param budget how many events may be looked at one by one
     * @throws io.meterport.domain.problem.ProblemException {@code before-horizon}
     */
    EventListing(Connection connection, EventQuery query, Horizon horizon, int budget) {
        Window hull = query.time().hull();
        horizon.requireListed(hull);
        this.connection = connection;
        this.query = query;
        this.budget = budget;
        this.from = Micros.of(horizon.isAfter(hull.start()) ? horizon.moment() : hull.start());
        this.beforeTime = Micros.notBefore(hull.end());
        this.beforeSequence = Long.MIN_VALUE;
        query.after().ifPresent(this::goOnBehind);
    }

    List<StoredEvent> list() throws SQLException {
        List<Long> few = query.subject() instanceof Filter.In(Set<String> subjects)
                ? series(subjects)
                : List.of();
        boolean named = query.subject() instanceof Filter.In;
        if (named && few.isEmpty()) {
            return List.of();
        }
        boolean isExact = matchesAll();
        List<StoredEvent> found = new ArrayList<>();
        List<StoredEvent> page = List.of();
        do {
            int most = isExact ? query.limit() - found.size() : PAGE;
            page = named && few.size() <= FEW_SERIES ? bySeries(few, most) : byTime(most);
            for (StoredEvent event : page) {
                if (found.size() < query.limit() && query.matches(event)) {
                    found.add(event);
                }
            }
            if (page.size() < most) {
                break;
            }
            goOnBehind(EventCursor.of(page.getLast()));
            requireFew(page.size());
        } while (found.size() < query.limit());
        return List.copyOf(found);
    }

    /** Whether the server finds nothing but what is asked for. */
    private boolean matchesAll() {
        Filter any = new Filter.Any();
        return query.id().equals(any)
                && query.source().equals(any)
                && query.subject().equals(any)
                && (query.type().equals(any) || query.type() instanceof Filter.In)
                && query.time() instanceof io.meterport.domain.usage.TimeFilter.Any
                && query.ingestedAt() instanceof io.meterport.domain.usage.TimeFilter.Any;
    }

    private void goOnBehind(EventCursor place) {
        long time = Micros.of(place.time());
        if (time < beforeTime) {
            beforeTime = time;
            beforeSequence = place.sequence();
        } else if (time == beforeTime) {
            beforeSequence = Math.min(beforeSequence, place.sequence());
        }
    }

    private void requireFew(int more) {
        lookedAt += more;
        if (lookedAt > budget) {
            throw new ProblemException(new Problem.Invalid(
                    "too-many-events",
                    "More than " + budget + " events would have to be looked through; name a"
                            + " subject or a type, or ask for a shorter time."));
        }
    }

    private List<Long> series(Set<String> subjects) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SERIES)) {
            select.setString(1, query.namespace().name());
            new Arrays(connection, select).texts(2, storable(subjects));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (query.type().matches(row.getString(2))) {
                        found.add(row.getLong(1));
                    }
                }
            }
        }
        return found;
    }

    /** PostgreSQL has no texts with a NUL in them, and so none that equals one. */
    private static String[] storable(Set<String> texts) {
        return texts.stream().filter(text -> text.indexOf(NUL) < 0).toArray(String[]::new);
    }

    private List<StoredEvent> bySeries(List<Long> series, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BY_SERIES)) {
            new Arrays(connection, select)
                    .longs(1, series.stream().mapToLong(id -> id).toArray());
            int next = bindPlace(select, 2);
            select.setInt(next, most);
            select.setInt(next + 1, most);
            return read(select);
        }
    }

    private List<StoredEvent> byTime(int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BY_TIME)) {
            select.setString(1, query.namespace().name());
            int next = bindPlace(select, 2);
            if (query.type() instanceof Filter.In(Set<String> types)) {
                Arrays arrays = new Arrays(connection, select);
                arrays.texts(next, storable(types));
                arrays.texts(next + 1, storable(types));
            } else {
                select.setNull(next, java.sql.Types.ARRAY);
                select.setNull(next + 1, java.sql.Types.ARRAY);
            }
            select.setInt(next + 2, most);
            return read(select);
        }
    }

    private int bindPlace(PreparedStatement select, int parameter) throws SQLException {
        select.setLong(parameter, from);
        select.setLong(parameter + 1, beforeTime);
        select.setLong(parameter + 2, beforeTime);
        select.setLong(parameter + 3, beforeSequence);
        return parameter + 4;
    }

    private static List<StoredEvent> read(PreparedStatement select) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                events.add(EventRows.read(row));
            }
        }
        return events;
    }
}
