package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes a series out of a build, day by day: its own rows, and what it gave to those of all series
 * together, which are put together anew from the others. Not thread-safe.
 */
public final class SeriesDay {
    private static final int HOURS_PER_DAY = Level.HOURS.slots();
    private static final int MINUTES_PER_DAY = HOURS_PER_DAY * Level.MINUTES.slots();

    private static final String DELETE_VALUES =
            "delete from presence where build = ? and series = ? and day = ?";

    private final Session session;
    private final BuildTarget target;
    private final PageTable hours = new PageTable(Level.HOURS);
    private final PageTable minutes = new PageTable(Level.MINUTES);
    private final RecentTable recent = new RecentTable();

    public SeriesDay(Session session, BuildTarget target) {
        this.session = session;
        this.target = target;
    }

    /** Some day on which the series counts, since 1970; empty if it counts no more. */
    public OptionalLong next(long series) throws SQLException {
        OptionalLong page = hours.any(session, target.number(), series);
        if (page.isPresent()) {
            return page;
        }
        OptionalLong hour = recent.any(session, target.number(), series);
        return hour.isPresent()
                ? OptionalLong.of(hour.getAsLong() / HOURS_PER_DAY)
                : OptionalLong.empty();
    }

    /**
     * Takes that day out.
     *
     * @param others all other series of the build
     */
    public void remove(long series, long day, List<Long> others) throws SQLException {
        delete(series, day);
        delete(Contributions.ALL, day);
        Pages pages = new Pages();
        List<Long> recentHours = recent.hours(session, hoursOf(day));
        for (long other : others) {
            addPages(pages, other, day);
            for (long hour : recentHours) {
                recent.read(
                        session,
                        target.number(),
                        other,
                        hour,
                        (combination, minute, cell) ->
                                add(pages, combination, Level.MINUTES.start(minute), cell));
            }
        }
        pages.write(session);
    }

    private void addPages(Pages pages, long series, long day) throws SQLException {
        PageTable table = target.countsDistinct() ? hours : minutes;
        Level level = target.countsDistinct() ? Level.HOURS : Level.MINUTES;
        Stretch stretch = target.countsDistinct() ? hoursOf(day) : minutesOf(day);
        Page.Visitor visitor =
                (combination, bucket, cell) -> add(pages, combination, level.start(bucket), cell);
        if (target.hasParts()) {
            table.readParts(session, target.number(), series, stretch, visitor);
        } else {
            table.readTotals(session, target.number(), series, stretch, visitor);
        }
    }

    private void add(Pages pages, int combination, long micros, Cell cell) {
        pages.add(target, Contributions.ALL, combination, micros, cell);
    }

    private void delete(long series, long day) throws SQLException {
        hours.delete(session, target.number(), series, hoursOf(day));
        minutes.delete(session, target.number(), series, minutesOf(day));
        recent.delete(session, target.number(), series, hoursOf(day));
        PreparedStatement values = session.prepare(DELETE_VALUES);
        values.setLong(1, target.number());
        values.setLong(2, series);
        values.setLong(3, day);
        values.executeUpdate();
        DistinctDays.delete(session, new DistinctDay(target.number(), series, day));
    }

    private static Stretch hoursOf(long day) {
        return new Stretch(day * HOURS_PER_DAY, (day + 1) * HOURS_PER_DAY);
    }

    private static Stretch minutesOf(long day) {
        return new Stretch(day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY);
    }
}
