package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.event.Combinations;
import io.meterport.adapters.postgres.event.LiveBuilds;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Cell;
import io.meterport.adapters.postgres.rollup.RollupTable;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.application.spi.CombinationCap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is stored of one build, to be compared hour by hour. Not thread-safe. */
final class StoredRows {
    private static final String VALUES = """
            select series, combination, value from presence
            where build = ? and hour = ? and series = any(?::bigint[])""";

    private final Connection connection;
    private final LiveBuilds.Live live;
    private final long firstHour;
    private final Report report;
    private final Combinations combinations = new Combinations(CombinationCap.NONE);
    private final Map<RollupTable, Long> compared = new EnumMap<>(RollupTable.class);
    private long comparedValues;

    StoredRows(Connection connection, LiveBuilds.Live live, long firstHour, Report report) {
        this.connection = connection;
        this.live = live;
        this.firstHour = firstHour;
        this.report = report;
    }

    /** Compares what is stored of the series that have events in that hour. */
    void compare(long hour, HourSums counted) throws SQLException {
        for (RollupTable table : RollupTable.values()) {
            Map<HourSums.Key, Cell> expected = counted.cells(table);
            Map<HourSums.Key, Cell> found = read(table, hour, counted.series());
            compared.merge(table, (long) found.size(), Long::sum);
            Set<HourSums.Key> all = new LinkedHashSet<>(expected.keySet());
            all.addAll(found.keySet());
            for (HourSums.Key key : all) {
                Cell wanted = expected.getOrDefault(key, new Cell());
                Cell has = found.getOrDefault(key, new Cell());
                report.compare(
                        expected.containsKey(key) && found.containsKey(key) && has.isSameAs(wanted),
                        place(table.table(), hour) + ", series " + key.series() + " " + key.group()
                                + ": " + has + " instead of " + wanted);
            }
        }
        Set<HourSums.Present> values = readValues(hour, counted.series());
        comparedValues += values.size();
        report.compare(
                values.equals(counted.values()),
                place("presence", hour) + ": " + values.size() + " values instead of "
                        + counted.values().size() + ", or others");
    }

    /** Looks for rows where there are no events. */
    void lookForMore() throws SQLException {
        for (RollupTable table : RollupTable.values()) {
            lookForMore(
                    table.table(),
                    table.bucket(),
                    table.ofHours() ? firstHour : firstHour * 60,
                    compared.getOrDefault(table, 0L));
        }
        lookForMore("presence", "hour", firstHour, comparedValues);
    }

    private void lookForMore(String table, String bucket, long first, long expected)
            throws SQLException {
        String sql = "select count(*) from " + table + " where build = ? and " + bucket + " >= ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, live.target().build());
            select.setLong(2, first);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long more = row.getLong(1) - expected;
                report.compare(
                        more == 0,
                        "meter " + live.meter().slug() + ", " + table + ": " + more
                                + " rows without any event");
            }
        }
    }

    private Map<HourSums.Key, Cell> read(RollupTable table, long hour, Set<Long> series)
            throws SQLException {
        String sql = "select t.series, t." + table.bucket() + ", "
                + (table.ofParts() ? "t.combination" : "-1")
                + ", t.events, t.vals, t.at, t.number, " + table.firstMinute() + ", "
                + table.lastMinute() + " from " + table.table() + " t where t.build = ? and t."
                + table.bucket() + " >= ? and t." + table.bucket()
                + " < ? and t.series = any(?::bigint[])";
        Map<HourSums.Key, Cell> found = new LinkedHashMap<>();
        Map<HourSums.Key, Integer> ids = new LinkedHashMap<>();
        long unit = table.ofHours() ? 1 : 60;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, live.target().build());
            select.setLong(2, hour * unit);
            select.setLong(3, (hour + 1) * unit);
            bind(select, 4, series);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String number = String.valueOf(row.getInt(3));
                    HourSums.Key key =
                            new HourSums.Key(row.getLong(1), row.getLong(2), List.of(number));
                    ids.put(key, row.getInt(3));
                    found.put(key, Cell.read(row, 4));
                }
            }
        }
        Map<Integer, List<String>> texts = texts(new HashSet<>(ids.values()));
        Map<HourSums.Key, Cell> named = new LinkedHashMap<>();
        found.forEach((key, cell) -> named.put(
                new HourSums.Key(
                        key.series(),
                        key.bucket(),
                        texts.getOrDefault(ids.get(key), HourSums.TOTAL)),
                cell));
        return named;
    }

    private Set<HourSums.Present> readValues(long hour, Set<Long> series) throws SQLException {
        record Row(long series, int combination, UUID value) {}
        Set<Row> rows = new LinkedHashSet<>();
        try (PreparedStatement select = connection.prepareStatement(VALUES)) {
            select.setLong(1, live.target().build());
            select.setLong(2, hour);
            bind(select, 3, series);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(row.getLong(1), row.getInt(2), row.getObject(3, UUID.class)));
                }
            }
        }
        Set<Integer> met = new HashSet<>();
        rows.forEach(row -> met.add(row.combination()));
        Map<Integer, List<String>> texts = live.target().hasParts() ? texts(met) : Map.of();
        Set<HourSums.Present> values = new LinkedHashSet<>();
        for (Row row : rows) {
            values.add(new HourSums.Present(
                    row.series(),
                    texts.getOrDefault(row.combination(), HourSums.TOTAL),
                    row.value()));
        }
        return values;
    }

    private Map<Integer, List<String>> texts(Set<Integer> ids) throws SQLException {
        ids.remove(-1);
        return ids.isEmpty()
                ? Map.of()
                : combinations.texts(
                        connection,
                        live.target().build(),
                        ids,
                        live.meter().dimensions().size());
    }

    private void bind(PreparedStatement select, int parameter, Set<Long> series)
            throws SQLException {
        new Arrays(connection, select)
                .longs(parameter, series.stream().mapToLong(id -> id).toArray());
    }

    private String place(String table, long hour) {
        return "meter " + live.meter().slug() + ", " + table + ", hour "
                + Micros.instant(hour * Cut.HOUR);
    }
}
