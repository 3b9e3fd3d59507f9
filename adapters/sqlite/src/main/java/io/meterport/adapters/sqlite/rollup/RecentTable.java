package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What came in lately and is not in the pages yet. The pages of a thousand series lie in a thousand
 * places of the file; their recent minutes lie side by side, so that a commit touches few places,
 * and each page is rewritten once for many commits. Not thread-safe.
 */
public final class RecentTable {
    /** One row: the minutes of an hour, of a block of combinations. */
    public record Row(long hour, long build, long series, int block, byte[] parts) {}

    static final String FIND = """
            select parts from rollup_recent
            where hour = ? and build = ? and series = ? and block = ?""";
    private static final String PUT = """
            insert or replace into rollup_recent (hour, build, series, block, parts)
            values (?, ?, ?, ?, ?)""";
    private static final String DELETE = """
            delete from rollup_recent where hour = ? and build = ? and series = ? and block = ?""";
    private static final String ANY =
            "select hour from rollup_recent where build = ? and series = ? limit 1";
    private static final String DELETE_HOURS = """
            delete from rollup_recent
            where hour >= ? and hour < ? and build = ? and series = ?""";
    static final String NEXT_HOUR =
            "select min(hour) from rollup_recent where hour >= ? and hour < ?";
    static final String READ = """
            select block, parts from rollup_recent
            where hour = ? and build = ? and series = ?""";
    static final String BEFORE = """
            select hour, build, series, block, parts from rollup_recent
            where hour < ? order by hour limit ?""";

    private final Page page = new Page(Level.MINUTES);
    private final Seal seal = new Seal("rollup_recent");

    /** What is there of that row; no bytes if there is none. */
    byte[] find(Session session, HourCells cells, int block) throws SQLException {
        PreparedStatement statement = session.prepare(FIND);
        bind(statement, cells, block);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? seal.open(place(cells, block), row.getBytes(1)) : Page.EMPTY;
        }
    }

    void put(Session session, HourCells cells, int block, byte[] parts) throws SQLException {
        PreparedStatement statement = session.prepare(PUT);
        bind(statement, cells, block);
        statement.setBytes(5, seal.close(place(cells, block), parts));
        statement.executeUpdate();
    }

    void delete(Session session, HourCells cells, int block) throws SQLException {
        PreparedStatement statement = session.prepare(DELETE);
        bind(statement, cells, block);
        statement.executeUpdate();
    }

    /** Deletes the row. */
    public void delete(Session session, Row row) throws SQLException {
        PreparedStatement statement = session.prepare(DELETE);
        statement.setLong(1, row.hour());
        statement.setLong(2, row.build());
        statement.setLong(3, row.series());
        statement.setInt(4, row.block());
        statement.executeUpdate();
    }

    /** Some hour of which the series has rows, if there is one; looks through all rows. */
    OptionalLong any(Session session, long build, long series) throws SQLException {
        PreparedStatement statement = session.prepare(ANY);
        statement.setLong(1, build);
        statement.setLong(2, series);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** Deletes the rows of the series in these hours. */
    void delete(Session session, long build, long series, Stretch hours) throws SQLException {
        PreparedStatement statement = session.prepare(DELETE_HOURS);
        statement.setLong(1, hours.from());
        statement.setLong(2, hours.to());
        statement.setLong(3, build);
        statement.setLong(4, series);
        statement.executeUpdate();
    }

    /** The hours among these that have rows, few or none. */
    public List<Long> hours(Session session, Stretch among) throws SQLException {
        List<Long> hours = new ArrayList<>();
        OptionalLong hour = nextHour(session, among.from(), among.to());
        while (hour.isPresent()) {
            hours.add(hour.getAsLong());
            hour = nextHour(session, hour.getAsLong() + 1, among.to());
        }
        return hours;
    }

    /** Shows the minutes of that hour, by combination. */
    public void read(Session session, long build, long series, long hour, Page.Visitor visitor)
            throws SQLException {
        PreparedStatement statement = session.prepare(READ);
        statement.setLong(1, hour);
        statement.setLong(2, build);
        statement.setLong(3, series);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Seal.Place place = new Seal.Place(build, series, row.getInt(1), hour, false);
                show(hour, row.getInt(1), seal.open(place, row.getBytes(2)), visitor);
            }
        }
    }

    /** Rows of hours before that one, the earliest first. */
    public List<Row> before(Session session, long hour, int most) throws SQLException {
        List<Row> rows = new ArrayList<>();
        PreparedStatement statement = session.prepare(BEFORE);
        statement.setLong(1, hour);
        statement.setInt(2, most);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Seal.Place place = new Seal.Place(
                        row.getLong(2), row.getLong(3), row.getInt(4), row.getLong(1), false);
                rows.add(new Row(
                        place.page(),
                        place.build(),
                        place.series(),
                        row.getInt(4),
                        seal.open(place, row.getBytes(5))));
            }
        }
        return rows;
    }

    /** Shows the minutes of one block of an hour. */
    void show(long hour, int block, byte[] parts, Page.Visitor visitor) throws SQLException {
        int first = block * Level.BLOCK;
        page.read(
                parts,
                hour,
                Level.MINUTES.ofPage(hour),
                (part, minute, cell) -> visitor.visit(first + part, minute, cell));
    }

    private static OptionalLong nextHour(Session session, long from, long to) throws SQLException {
        PreparedStatement statement = session.prepare(NEXT_HOUR);
        statement.setLong(1, from);
        statement.setLong(2, to);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long hour = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(hour);
        }
    }

    private static Seal.Place place(HourCells cells, int block) {
        return new Seal.Place(cells.target().number(), cells.series(), block, cells.hour(), false);
    }

    private static void bind(PreparedStatement statement, HourCells cells, int block)
            throws SQLException {
        statement.setLong(1, cells.hour());
        statement.setLong(2, cells.target().number());
        statement.setLong(3, cells.series());
        statement.setInt(4, block);
    }
}
