package io.meterport.adapters.sqlite.verify;

import io.meterport.adapters.sqlite.catalog.StoredBuilds;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.DistinctDays;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.PageTable;
import io.meterport.adapters.sqlite.rollup.Stretch;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks for what is stored and leads to no event: index rows, pages, values. Not thread-safe. */
final class Leftovers {
    private static final String EVENTS = """
            with time as (
                select series, hour, entries from event_hour
                union all select series, hour, entries from event_run_hour)
            select (select count(*) from event),
                (select coalesce(sum(length(entries) / 8), 0) from time),
                (select count(*) from time
                    join series on series.id = time.series
                    where series.namespace <> 0 and time.hour >= ?1 and not exists (
                        select 1 from series_hour
                        where series_hour.namespace = series.namespace
                            and series_hour.hour = time.hour
                            and series_hour.series = series.id))""";

    private static final String NO_EVENTS = """
            not exists (
                select 1 from series_hour
                join series on series.id = series_hour.series
                    and series.namespace = series_hour.namespace
                where series_hour.namespace = (select id from namespace where name = ?2)
                    and series_hour.hour = stored.AT
                    and (series_hour.series = stored.series
                        or (stored.series = 0 and series.type = ?3)))
            """;

    private static final String MINUTES = "select count(*) from rollup_minutes as stored"
            + " where stored.build = ?1 and stored.page >= ?4 and " + at("page");
    private static final String RECENT = "select count(*) from rollup_recent as stored"
            + " where stored.build = ?1 and stored.hour >= ?4 and " + at("hour");
    private static final String VALUES = "select count(*) from presence as stored"
            + " where stored.build = ?1 and stored.hour >= ?4 and " + at("hour");
    private static final String DAYS =
            "select distinct series, page from rollup_hours where build = ? and page >= ?";
    private static final String HOUR = "select " + NO_EVENTS.replace("stored.AT", "stored.hour")
            + " from (select ?1 as series, ?4 as hour) as stored";

    private record Day(long series, long day) {}

    private final Session session;
    private final Report report;
    private final long from;
    private final PageTable hours = new PageTable(Level.HOURS);

    /**
     * @param horizon in microseconds; nothing before it is looked at
     */
    Leftovers(Session session, Report report, long horizon) {
        this.session = session;
        this.report = report;
        this.from = horizon;
    }

    /** Whether every event is in the index of times, and every hour of it in that of hours. */
    void lookForEvents() throws SQLException {
        PreparedStatement statement = session.prepare(EVENTS);
        statement.setLong(1, Level.HOURS.bucket(from));
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long events = row.getLong(1);
            long times = row.getLong(2);
            report.compare(
                    events == times,
                    "there are " + events + " events, and " + times + " in the index of times");
            long lost = row.getLong(3);
            report.compare(lost == 0, lost + " hours are missing in the index of hours");
        }
    }

    /** Whether all that the build counted has events. */
    void lookFor(StoredBuilds.Current build) throws SQLException {
        long hour = Level.HOURS.bucket(from);
        none(MINUTES, build, hour, "pages of minutes");
        none(RECENT, build, hour, "rows of recent minutes");
        none(VALUES, build, hour, "distinct values");
        compareDays(build);
        for (Day day : days(build, hour)) {
            session.requireTime();
            List<Long> found = new ArrayList<>();
            Stretch stretch = new Stretch(
                    Math.max(hour, day.day() * Level.HOURS.slots()),
                    (day.day() + 1) * Level.HOURS.slots());
            try {
                hours.readTotals(
                        session,
                        build.number(),
                        day.series(),
                        stretch,
                        (none, at, cell) -> found.add(at));
            } catch (SQLException e) {
                report.add("meter " + build.meter().slug() + ": " + e.getMessage());
            }
            for (long at : found) {
                HourPlace place = new HourPlace(build, day.series(), at);
                report.compare(hasEvents(build, place), place + ": stored without events");
            }
        }
    }

    private void compareDays(StoredBuilds.Current build) throws SQLException {
        DistinctDays.recount(
                session,
                build.number(),
                (series, day, count, values) -> report.compare(
                        count == values,
                        "meter " + build.meter().slug() + ": series " + series + ", day " + day
                                + ": " + count + " distinct values, of which " + values
                                + " are stored"));
    }

    private void none(String sql, StoredBuilds.Current build, long hour, String what)
            throws SQLException {
        PreparedStatement statement = bound(sql, build, build.number(), hour);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long count = row.getLong(1);
            report.compare(
                    count == 0,
                    "meter " + build.meter().slug() + " of "
                            + build.meter().namespace().name() + ": " + count + " " + what
                            + " without events");
        }
    }

    private boolean hasEvents(StoredBuilds.Current build, HourPlace place) throws SQLException {
        try (ResultSet row = bound(HOUR, build, place.series(), place.hour()).executeQuery()) {
            row.next();
            return row.getInt(1) == 0;
        }
    }

    private List<Day> days(StoredBuilds.Current build, long hour) throws SQLException {
        PreparedStatement statement = session.prepare(DAYS);
        statement.setLong(1, build.number());
        statement.setLong(2, Level.HOURS.page(hour));
        List<Day> days = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                days.add(new Day(row.getLong(1), row.getLong(2)));
            }
        }
        return days;
    }

    private PreparedStatement bound(String sql, StoredBuilds.Current build, long first, long hour)
            throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        statement.setLong(1, first);
        statement.setString(2, build.meter().namespace().name());
        statement.setString(3, build.meter().eventType().value());
        statement.setLong(4, hour);
        return statement;
    }

    private static String at(String column) {
        return NO_EVENTS.replace("stored.AT", "stored." + column);
    }
}
