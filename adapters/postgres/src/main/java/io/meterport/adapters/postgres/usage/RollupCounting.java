package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.event.Combinations;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Cell;
import io.meterport.adapters.postgres.rollup.Merge;
import io.meterport.adapters.postgres.rollup.RollupTable;
import io.meterport.adapters.postgres.rollup.Rollups;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Grouping;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Counts from rollups: whole hours, and in hours that are split the whole minutes. The server adds up
 * what lies between two boundaries, so that a window is one row however long it is. Distinct values
 * are known by the hour. Not thread-safe.
 */
final class RollupCounting {
    private static final int MANY_ROWS = 5_000;

    private record Row(
            int window, String subject, int combination, Optional<Cell> cell, UUID value) {}

    private final Connection connection;
    private final UsageQuery query;
    private final Scope scope;
    private final long build;
    private final Cut cut;
    private final Findings findings;
    private final Combinations combinations;
    private final Grouping grouping;
    private final Merge merge;
    private final boolean distinct;

    RollupCounting(
            Connection connection,
            UsageQuery query,
            long build,
            Cut cut,
            Findings findings,
            Combinations combinations) {
        this.connection = connection;
        this.query = query;
        this.scope = Scope.of(query);
        this.build = build;
        this.cut = cut;
        this.findings = findings;
        this.combinations = combinations;
        this.grouping = query.grouping();
        this.merge = Merge.of(query.meter().aggregation());
        this.distinct = query.meter().aggregation() instanceof Aggregation.UniqueCount;
    }

    /** The length of buckets of which those that are split have to be counted one by one. */
    long singly() {
        return distinct ? Cut.HOUR : Cut.MINUTE;
    }

    void count() throws SQLException {
        boolean parts = !grouping.needsNoDimension();
        List<Cut.Stretch> all = List.of(new Cut.Stretch(
                Math.floorDiv(cut.whole().from(), Cut.HOUR),
                Math.ceilDiv(cut.whole().to(), Cut.HOUR)));
        if (hasWhole(Cut.HOUR)) {
            count(parts ? RollupTable.HOUR_PART : RollupTable.HOUR_TOTAL, Cut.HOUR, all);
        }
        if (distinct) {
            if (hasWhole(Cut.HOUR)) {
                countValues(all.getFirst());
            }
            return;
        }
        List<Cut.Stretch> minutes = cut.split(Cut.HOUR).stream()
                .map(hours -> new Cut.Stretch(hours.from() * 60, hours.to() * 60))
                .toList();
        if (!minutes.isEmpty()) {
            count(parts ? RollupTable.MINUTE_PART : RollupTable.MINUTE_TOTAL, Cut.MINUTE, minutes);
        }
    }

    private boolean hasWhole(long length) {
        for (long bound : cut.bounds(length)) {
            if (cut.whole(length, bound) != Cut.NONE) {
                return true;
            }
        }
        return false;
    }

    private void count(RollupTable table, long length, List<Cut.Stretch> stretches)
            throws SQLException {
        long[] bounds = cut.bounds(length);
        try (PreparedStatement select = connection.prepareStatement(select(table))) {
            select.setFetchSize(MANY_ROWS);
            Arrays arrays = new Arrays(connection, select);
            arrays.longs(1, bounds);
            arrays.longs(2, stretches.stream().mapToLong(Cut.Stretch::from).toArray());
            arrays.longs(3, stretches.stream().mapToLong(Cut.Stretch::to).toArray());
            select.setLong(4, build);
            select.setLong(5, stretches.getFirst().from());
            select.setLong(6, stretches.getLast().to());
            if (apart()) {
                scope.bind(connection, select, 7);
            }
            add(select, length, bounds);
        }
    }

    /** One row for each series, piece between boundaries, and combination. */
    private String select(RollupTable table) {
        String bucket = "t." + table.bucket();
        String type = table.ofHours() ? "int" : "bigint";
        return "select width_bucket(" + bucket + "::bigint, ?::bigint[]), "
                + (apart() ? "series.subject" : "null::text") + ", "
                + (table.ofParts() ? "t.combination" : "0") + ", " + merge.aggregates()
                + ", min(" + table.firstMinute() + "), max(" + table.lastMinute() + ")\n"
                + "from unnest(?::bigint[], ?::bigint[]) as stretch (a, z)\n"
                + (apart() ? "cross join series\n" : "")
                + "join " + table.table() + " t on t.build = ? and t.series = "
                + (apart() ? "series.id" : String.valueOf(Rollups.ALL))
                + " and " + bucket + " >= stretch.a::" + type
                + " and " + bucket + " < stretch.z::" + type
                + "\nwhere " + bucket + " >= ?::" + type + " and " + bucket + " < ?::" + type
                + (apart() ? " and " + scope.condition() : "") + "\ngroup by 1, 2, 3";
    }

    private void add(PreparedStatement select, long length, long[] bounds) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int window = window(length, bounds, row.getInt(1));
                if (window != Cut.NONE) {
                    rows.add(new Row(
                            window,
                            apart() ? row.getString(2) : "",
                            row.getInt(3),
                            Optional.of(Cell.read(row, 4)),
                            NO_VALUE));
                }
                if (rows.size() == MANY_ROWS) {
                    add(rows);
                    rows.clear();
                }
            }
        }
        add(rows);
    }

    private static final UUID NO_VALUE = new UUID(0, 0);

    private int window(long length, long[] bounds, int piece) {
        return piece == 0 || piece == bounds.length
                ? Cut.NONE
                : cut.whole(length, bounds[piece - 1]);
    }

    private void countValues(Cut.Stretch hours) throws SQLException {
        long[] bounds = cut.bounds(Cut.HOUR);
        String sql = "select distinct width_bucket(t.hour::bigint, ?::bigint[]), "
                + (apart() ? "series.subject" : "null::text") + ", "
                + (grouping.needsNoDimension() ? "0" : "t.combination") + ", t.value\n"
                + "from series join presence t on t.build = ? and t.series = series.id"
                + " and t.hour >= ?::int and t.hour < ?::int\nwhere " + scope.condition();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(MANY_ROWS);
            new Arrays(connection, select).longs(1, bounds);
            select.setLong(2, build);
            select.setLong(3, hours.from());
            select.setLong(4, hours.to());
            scope.bind(connection, select, 5);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int window = window(Cut.HOUR, bounds, row.getInt(1));
                    if (window != Cut.NONE) {
                        rows.add(new Row(
                                window,
                                apart() ? row.getString(2) : "",
                                row.getInt(3),
                                Optional.empty(),
                                row.getObject(4, UUID.class)));
                    }
                    if (rows.size() == MANY_ROWS) {
                        add(rows);
                        rows.clear();
                    }
                }
            }
            add(rows);
        }
    }

    private void add(List<Row> rows) throws SQLException {
        Map<Integer, Optional<List<String>>> groups = groups(rows);
        for (Row row : rows) {
            Optional<List<String>> group = groups.getOrDefault(row.combination(), Optional.empty());
            if (group.isPresent()) {
                Optional<SubjectKey> subject =
                        apart() ? Optional.of(new SubjectKey(row.subject())) : Optional.empty();
                if (row.cell().isPresent()) {
                    findings.add(row.window(), subject, group.get(), row.cell().get());
                } else {
                    findings.add(row.window(), subject, group.get(), row.value());
                }
            }
        }
    }

    /** The groups of the combinations that are met; empty if one is not asked for. */
    private Map<Integer, Optional<List<String>>> groups(List<Row> rows) throws SQLException {
        Map<Integer, Optional<List<String>>> groups = new HashMap<>();
        if (grouping.needsNoDimension()) {
            groups.put(0, Optional.of(List.of()));
            return groups;
        }
        Set<Integer> met = new HashSet<>();
        rows.forEach(row -> met.add(row.combination()));
        combinations
                .texts(connection, build, met, query.meter().dimensions().size())
                .forEach((id, texts) -> groups.put(
                        id,
                        grouping.matches(texts)
                                ? Optional.of(grouping.project(texts))
                                : Optional.empty()));
        return groups;
    }

    private boolean apart() {
        return !(query.subjects() instanceof Subjects.Together);
    }
}
