package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The pages of one level in the database. Not thread-safe. */
public final class PageTable {
    private final Level level;
    private final Page page;
    private final Seal seal;
    final String find;
    private final String put;
    final String totals;
    final String parts;
    final String nextBlock;
    private final String delete;
    private final String any;
    private final String all;

    public PageTable(Level level) {
        this.level = level;
        this.page = new Page(level);
        this.seal = new Seal(level.table());
        this.find = on("""
                select total, parts from TABLE
                where build = ? and series = ? and block = ? and page = ?""");
        this.put = on("""
                insert or replace into TABLE (build, series, block, page, total, parts)
                values (?, ?, ?, ?, ?, ?)""");
        this.totals = on("""
                select page, total from TABLE
                where build = ? and series = ? and block = 0 and page between ? and ?""");
        this.parts = on("""
                select page, parts from TABLE
                where build = ? and series = ? and block = ? and page between ? and ?""");
        this.nextBlock = on("""
                select min(block) from TABLE where build = ? and series = ? and block >= ?""");
        this.delete = on("""
                delete from TABLE
                where build = ? and series = ? and block = ? and page between ? and ?""");
        this.all = on("select build, series, block, page, total, parts from TABLE");
        this.any = on("select page from TABLE where build = ? and series = ? limit 1");
    }

    /** Some page that the series has, if it has one. */
    OptionalLong any(Session session, long build, long series) throws SQLException {
        PreparedStatement statement = session.prepare(any);
        statement.setLong(1, build);
        statement.setLong(2, series);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** Deletes the pages of the series that lie in the buckets {@code [from, to)}, whole pages. */
    void delete(Session session, long build, long series, Stretch stretch) throws SQLException {
        OptionalLong block = nextBlock(session, build, series, 0);
        while (block.isPresent()) {
            PreparedStatement statement = session.prepare(delete);
            statement.setLong(1, build);
            statement.setLong(2, series);
            statement.setLong(3, block.getAsLong());
            statement.setLong(4, level.page(stretch.from()));
            statement.setLong(5, level.page(stretch.to() - 1));
            statement.executeUpdate();
            block = nextBlock(session, build, series, block.getAsLong() + 1);
        }
    }

    /** Adds these cells to one block of a page. */
    void add(Session session, PendingPage pending, int block) throws SQLException {
        byte[] total = Page.EMPTY;
        byte[] rest = Page.EMPTY;
        Seal.Place place = new Seal.Place(
                pending.target().number(), pending.series(), block, pending.page(), false);
        PreparedStatement found = session.prepare(find);
        bind(found, place);
        try (ResultSet row = found.executeQuery()) {
            if (row.next()) {
                total = seal.open(place.ofTotal(), row.getBytes(1));
                rest = seal.open(place, row.getBytes(2));
            }
        }
        Merge merge = pending.target().merge();
        byte[] newTotal = page.with(total, place.page(), pending.totals(block), merge);
        byte[] newRest = page.with(rest, place.page(), pending.parts(block), merge);
        PreparedStatement written = session.prepare(put);
        bind(written, place);
        written.setBytes(5, seal.close(place.ofTotal(), newTotal));
        written.setBytes(6, seal.close(place, newRest));
        written.executeUpdate();
    }

    /**
     * Reads all pages.
     *
     * @throws SQLException if one is not as it was written
     */
    public void check(Session session) throws SQLException {
        PreparedStatement statement = session.prepare(all);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                session.requireTime();
                Seal.Place place = new Seal.Place(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), false);
                seal.open(place.ofTotal(), row.getBytes(5));
                seal.open(place, row.getBytes(6));
            }
        }
    }

    /** Takes the cells of all pages; the cell is used again for the next. */
    @FunctionalInterface
    public interface CellVisitor {
        /** Totals have the combination {@link #TOTAL}. */
        void visit(long build, long series, long bucket, int combination, Cell cell)
                throws SQLException;
    }

    /** All combinations together. */
    public static final int TOTAL = -1;

    /**
     * Shows all cells of all pages.
     *
     * @throws SQLException if a page is not as it was written
     */
    public void readAll(Session session, CellVisitor visitor) throws SQLException {
        PreparedStatement statement = session.prepare(all);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                session.requireTime();
                long build = row.getLong(1);
                long series = row.getLong(2);
                long block = row.getLong(3);
                long number = row.getLong(4);
                Seal.Place place = new Seal.Place(build, series, block, number, false);
                page.read(
                        seal.open(place.ofTotal(), row.getBytes(5)),
                        number,
                        level.ofPage(number),
                        (none, bucket, cell) -> visitor.visit(build, series, bucket, TOTAL, cell));
                page.read(
                        seal.open(place, row.getBytes(6)),
                        number,
                        level.ofPage(number),
                        (part, bucket, cell) -> visitor.visit(
                                build, series, bucket, (int) block * Level.BLOCK + part, cell));
            }
        }
    }

    /** Shows the totals of the series in the buckets {@code [from, to)}, in rising order. */
    public void readTotals(
            Session session, long build, long series, Stretch stretch, Page.Visitor visitor)
            throws SQLException {
        PreparedStatement statement = session.prepare(totals);
        statement.setLong(1, build);
        statement.setLong(2, series);
        statement.setLong(3, level.page(stretch.from()));
        statement.setLong(4, level.page(stretch.to() - 1));
        show(session, statement, stretch, new Seal.Place(build, series, 0, 0, true), visitor);
    }

    /** Shows the parts of the series in the buckets {@code [from, to)}, block by block. */
    public void readParts(
            Session session, long build, long series, Stretch stretch, Page.Visitor visitor)
            throws SQLException {
        OptionalLong block = nextBlock(session, build, series, 0);
        while (block.isPresent()) {
            PreparedStatement statement = session.prepare(parts);
            statement.setLong(1, build);
            statement.setLong(2, series);
            statement.setLong(3, block.getAsLong());
            statement.setLong(4, level.page(stretch.from()));
            statement.setLong(5, level.page(stretch.to() - 1));
            Seal.Place place = new Seal.Place(build, series, block.getAsLong(), 0, false);
            show(session, statement, stretch, place, visitor);
            block = nextBlock(session, build, series, block.getAsLong() + 1);
        }
    }

    private void show(
            Session session,
            PreparedStatement statement,
            Stretch stretch,
            Seal.Place place,
            Page.Visitor visitor)
            throws SQLException {
        int firstCombination = (int) place.block() * Level.BLOCK;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                session.requireTime();
                Seal.Place at = place.at(rows.getLong(1));
                page.read(
                        seal.open(at, rows.getBytes(2)),
                        at.page(),
                        stretch,
                        (part, bucket, cell) ->
                                visitor.visit(firstCombination + part, bucket, cell));
            }
        }
    }

    private OptionalLong nextBlock(Session session, long build, long series, long from)
            throws SQLException {
        PreparedStatement statement = session.prepare(nextBlock);
        statement.setLong(1, build);
        statement.setLong(2, series);
        statement.setLong(3, from);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long block = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(block);
        }
    }

    private static void bind(PreparedStatement statement, Seal.Place place) throws SQLException {
        statement.setLong(1, place.build());
        statement.setLong(2, place.series());
        statement.setLong(3, place.block());
        statement.setLong(4, place.page());
    }

    private String on(String sql) {
        return sql.replace("TABLE", level.table());
    }
}
