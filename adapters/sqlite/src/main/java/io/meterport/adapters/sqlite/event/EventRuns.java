package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Chore;
import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The latest rows of {@link EventHours}. The hours of a thousand series lie in a thousand places of
 * the file, and a commit writes every place that it touches; a run has the rows of a few
 * transactions side by side. When there are many runs, they move to their hours together, series by
 * series, so that each place is written once for all of them. Only the writer's thread uses it.
 */
public final class EventRuns implements Kept, Chore {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** One of more is full; what comes next begins another. */
    private static final int FULL_EVENTS = 1_000;
    /** Each reading of single events has to look into all of them. */
    private static final int MANY_RUNS = 32;

    private static final String BOUNDS = """
            select coalesce(min(id), 1), coalesce(max(id), 0), coalesce(
                (select events from event_run order by id desc limit 1), 0) from event_run""";
    private static final String COUNT =
            "insert or replace into event_run (id, events) values (?, ?)";
    private static final String ADD = """
            insert into event_run_hour (run, series, hour, first, entries, sum)
            values (?, ?, ?, ?, ?, ?)""";
    static final String NEXT = "select min(series) from event_run_hour where run = ?";
    static final String OF_SERIES = """
            select late.hour, late.first, late.entries, late.sum from event_run
            cross join event_run_hour as late
                on late.run = event_run.id and late.series = ?
            where event_run.id <= ? order by late.hour, late.first""";
    private static final String TAKE_OUT = """
            delete from event_run_hour
            where series = ? and run in (select id from event_run where id <= ?)""";
    private static final String DELETE = "delete from event_run where id = ?";

    /**
     * @param oldest the first run there is
     * @param last the one that grows; less than the oldest if there is none
     * @param events how many that one has
     */
    private record Bounds(long oldest, long last, long events) {
        long full() {
            return events >= FULL_EVENTS ? last : last - 1;
        }

        long fullRuns() {
            return full() - oldest + 1;
        }
    }

    private Bounds stored = new Bounds(1, 0, 0);
    private Bounds bounds = stored;
    /** Up to this run they are being moved; there may be none left. */
    private long moving;

    /** Adds events, sorted by series and time. */
    void add(Session session, List<NewEvent> sorted) throws SQLException {
        if (sorted.isEmpty()) {
            return;
        }
        boolean anew = bounds.last() < bounds.oldest() || bounds.full() == bounds.last();
        long run = anew ? bounds.last() + 1 : bounds.last();
        long events = (anew ? 0 : bounds.events()) + sorted.size();
        bounds = new Bounds(bounds.oldest(), run, events);
        int start = 0;
        while (start < sorted.size()) {
            int end = start + 1;
            while (end < sorted.size()
                    && end - start < HourRow.MOST_ENTRIES
                    && haveOneHour(sorted.get(start), sorted.get(end))) {
                end++;
            }
            put(session, run, sorted.subList(start, end));
            start = end;
        }
        PreparedStatement count = session.prepare(COUNT);
        count.setLong(1, run);
        count.setLong(2, events);
        count.executeUpdate();
    }

    /** Moves what all runs have of that series to its hours. */
    static void settle(Session session, long series) throws SQLException {
        settle(session, series, Long.MAX_VALUE);
    }

    @Override
    public boolean isPressing() {
        return moving >= bounds.oldest() || bounds.fullRuns() >= MANY_RUNS;
    }

    @Override
    public boolean step(Session session) throws SQLException {
        if (!isPressing()) {
            return false;
        }
        if (moving < bounds.oldest()) {
            moving = bounds.full();
        }
        long end = System.nanoTime() + STEP_NANOS;
        while (moving >= bounds.oldest() && System.nanoTime() - end < 0) {
            OptionalLong series = next(session, bounds.oldest());
            if (series.isPresent()) {
                settle(session, series.getAsLong(), moving);
            } else {
                PreparedStatement delete = session.prepare(DELETE);
                delete.setLong(1, bounds.oldest());
                delete.executeUpdate();
                bounds = new Bounds(bounds.oldest() + 1, bounds.last(), bounds.events());
            }
        }
        return moving >= bounds.oldest();
    }

    @Override
    public void load(Session session) throws SQLException {
        try (ResultSet row = session.prepare(BOUNDS).executeQuery()) {
            row.next();
            stored = new Bounds(row.getLong(1), row.getLong(2), row.getLong(3));
            bounds = stored;
            moving = 0;
        }
    }

    @Override
    public void committed() {
        stored = bounds;
    }

    @Override
    public void undone() {
        bounds = stored;
    }

    private static void put(Session session, long run, List<NewEvent> events) throws SQLException {
        long series = events.getFirst().series();
        long hour = Level.HOURS.bucket(events.getFirst().micros());
        List<HourRow.Entry> entries = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            entries.add(new HourRow.Entry(event.micros(), event.id()));
        }
        PreparedStatement statement = session.prepare(ADD);
        statement.setLong(1, run);
        HourRow.of(series, hour, entries).bind(statement, 2);
        statement.executeUpdate();
    }

    private static void settle(Session session, long series, long upTo) throws SQLException {
        PreparedStatement statement = session.prepare(OF_SERIES);
        statement.setLong(1, series);
        statement.setLong(2, upTo);
        List<HourRow> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(HourRow.read(series, row));
            }
        }
        List<HourRow.Entry> ofHour = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).addTo(ofHour);
            long hour = rows.get(i).hour();
            if (i + 1 == rows.size() || rows.get(i + 1).hour() != hour) {
                EventHours.add(session, series, hour, ofHour);
                ofHour.clear();
            }
        }
        PreparedStatement takeOut = session.prepare(TAKE_OUT);
        takeOut.setLong(1, series);
        takeOut.setLong(2, upTo);
        takeOut.executeUpdate();
    }

    private static OptionalLong next(Session session, long run) throws SQLException {
        PreparedStatement statement = session.prepare(NEXT);
        statement.setLong(1, run);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long series = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(series);
        }
    }

    private static boolean haveOneHour(NewEvent one, NewEvent other) {
        return one.series() == other.series()
                && Level.HOURS.bucket(one.micros()) == Level.HOURS.bucket(other.micros());
    }
}
