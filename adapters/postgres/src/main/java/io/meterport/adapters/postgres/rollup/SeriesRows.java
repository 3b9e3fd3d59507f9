package io.meterport.adapters.postgres.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The rows of one series that is being erased. Those of all series together are worked out anew from
 * the rows of the others, since neither a smallest number nor a latest one can be subtracted. Not
 * thread-safe.
 */
public final class SeriesRows {
    private static final long HOURS = 24;

    private record Rows(long[] buckets, int[] combinations) {}

    private final Connection connection;
    private final Target target;
    private final long series;

    public SeriesRows(Connection connection, Target target, long series) {
        this.connection = connection;
        this.target = target;
        this.series = series;
    }

    /**
     * Takes away a day of it; nobody may add rows meanwhile.
     *
     * @param namespace of the other series, and the type
     * @return false if there was none left
     */
    public boolean takeAwayADay(long namespace, String type) throws SQLException {
        OptionalLong first = firstHour();
        if (first.isEmpty()) {
            return false;
        }
        long from = first.getAsLong();
        for (RollupTable table : RollupTable.values()) {
            long unit = table.ofHours() ? 1 : Rollups.MINUTES;
            takeAway(table, from * unit, (from + HOURS) * unit, namespace, type);
        }
        try (PreparedStatement delete = connection.prepareStatement("""
                delete from presence
                where build = ? and series = ? and hour >= ? and hour < ?""")) {
            delete.setLong(1, target.build());
            delete.setLong(2, series);
            delete.setLong(3, from);
            delete.setLong(4, from + HOURS);
            delete.executeUpdate();
        }
        return true;
    }

    private OptionalLong firstHour() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select min(hour) from hour_total where build = ? and series = ?")) {
            select.setLong(1, target.build());
            select.setLong(2, series);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long hour = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(hour);
            }
        }
    }

    private void takeAway(RollupTable table, long from, long to, long namespace, String type)
            throws SQLException {
        Rows gone = delete(table, from, to);
        if (gone.buckets().length == 0) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from " + table.table()
                + " t using unnest(?::bigint[], ?::int[]) as gone (bucket, combination)"
                + " where t.build = ? and t.series = " + Rollups.ALL + " and t." + table.bucket()
                + " = gone.bucket" + ofSameCombination(table))) {
            bind(delete, gone);
            delete.setLong(3, target.build());
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(fromOthers(table))) {
            bind(insert, gone);
            insert.setLong(3, namespace);
            insert.setString(4, type);
            insert.setLong(5, target.build());
            insert.executeUpdate();
        }
    }

    private Rows delete(RollupTable table, long from, long to) throws SQLException {
        List<long[]> gone = new ArrayList<>();
        try (PreparedStatement delete = connection.prepareStatement("delete from " + table.table()
                + " where build = ? and series = ? and " + table.bucket() + " >= ? and "
                + table.bucket() + " < ? returning " + table.bucket() + ", "
                + (table.ofParts() ? "combination" : "0"))) {
            delete.setLong(1, target.build());
            delete.setLong(2, series);
            delete.setLong(3, from);
            delete.setLong(4, to);
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    gone.add(new long[] {row.getLong(1), row.getLong(2)});
                }
            }
        }
        return new Rows(
                gone.stream().mapToLong(each -> each[0]).toArray(),
                gone.stream().mapToInt(each -> (int) each[1]).toArray());
    }

    private void bind(PreparedStatement statement, Rows gone) throws SQLException {
        Arrays arrays = new Arrays(connection, statement);
        arrays.longs(1, gone.buckets());
        arrays.ints(2, gone.combinations());
    }

    private String fromOthers(RollupTable table) {
        String key = table.bucket() + (table.ofParts() ? ", combination" : "");
        String grouped = "t." + table.bucket() + (table.ofParts() ? ", t.combination" : "");
        return "insert into " + table.table() + " (build, series, " + key
                + ", kind, events, vals, at, number"
                + (table.ofHours() ? ", first, last)" : ")")
                + "\nselect t.build, " + Rollups.ALL + ", " + grouped + ", t.kind, "
                + target.merge().aggregates()
                + (table.ofHours() ? ", min(t.first), max(t.last)" : "")
                + "\nfrom unnest(?::bigint[], ?::int[]) as gone (bucket, combination)"
                + "\njoin series on series.namespace = ? and series.type = ?"
                + "\njoin " + table.table() + " t on t.build = ? and t.series = series.id and t."
                + table.bucket() + " = gone.bucket" + ofSameCombination(table)
                + "\ngroup by t.build, " + grouped + ", t.kind";
    }

    private static String ofSameCombination(RollupTable table) {
        return table.ofParts() ? " and t.combination = gone.combination" : "";
    }
}
