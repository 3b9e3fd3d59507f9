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
    final String find;
    private final String put;
    final String totals;
    final String parts;
    final String nextBlock;

    public PageTable(Level level) {
        this.level = level;
        this.page = new Page(level);
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
    }

    /** Adds these cells to one block of a page. */
    void add(Session session, PendingPage pending, int block) throws SQLException {
        byte[] total = Page.EMPTY;
        byte[] rest = Page.EMPTY;
        PreparedStatement found = session.prepare(find);
        bind(found, pending, block);
        try (ResultSet row = found.executeQuery()) {
            if (row.next()) {
                total = row.getBytes(1);
                rest = row.getBytes(2);
            }
        }
        Merge merge = pending.target().merge();
        PreparedStatement written = session.prepare(put);
        bind(written, pending, block);
        written.setBytes(5, page.with(total, pending.page(), pending.totals(block), merge));
        written.setBytes(6, page.with(rest, pending.page(), pending.parts(block), merge));
        written.executeUpdate();
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
        show(session, statement, stretch, 0, visitor);
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
            int first = (int) block.getAsLong() * Level.BLOCK;
            show(session, statement, stretch, first, visitor);
            block = nextBlock(session, build, series, block.getAsLong() + 1);
        }
    }

    private void show(
            Session session,
            PreparedStatement statement,
            Stretch stretch,
            int firstCombination,
            Page.Visitor visitor)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                session.requireTime();
                page.read(
                        rows.getBytes(2),
                        rows.getLong(1),
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

    private static void bind(PreparedStatement statement, PendingPage pending, int block)
            throws SQLException {
        statement.setLong(1, pending.target().number());
        statement.setLong(2, pending.series());
        statement.setInt(3, block);
        statement.setLong(4, pending.page());
    }

    private String on(String sql) {
        return sql.replace("TABLE", level.table());
    }
}
