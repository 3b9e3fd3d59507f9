package io.meterport.adapters.sqlite.move;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.sqlite.event.EventRows;
import io.meterport.adapters.sqlite.event.StoredCombinations;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.key.KnownKeys;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.PageTable;
import io.meterport.adapters.sqlite.rollup.PresentValues;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.application.spi.MovedRows;
import io.meterport.application.spi.MovedTable;
import io.meterport.domain.json.Json;
import io.meterport.domain.usage.Tally;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells one state of the file, table by table. Not thread-safe. */
final class Giving {
    private static final long MINUTES = 60;

    private static final String SESSION_HASH = "session_hash";
    private static final String TARGET_HASH = "target_hash";

    private final Session session;
    private final MovedRows to;
    private final Set<Long> builds = new HashSet<>();
    private long horizon;

    Giving(Session session, MovedRows to) {
        this.session = session;
        this.to = to;
    }

    void run() throws SQLException {
        for (MovedTable table : MovedTable.values()) {
            give(table);
        }
    }

    private void give(MovedTable table) throws SQLException {
        switch (table) {
            case CATALOG, METER, SUBJECT, API_KEY, CLOCK_MARK, AUDIT -> plain(table, "");
            case PORTAL_TOKEN, REVOCATION_HEAD, REVOCATION, WATERMARK -> plain(table, "");
            case NAMESPACE, KEY_SALT -> plain(table, "");
            case SERIES -> plain(table, " where namespace <> 0");
            case BUILD -> builds();
            case HORIZON -> horizon();
            case EVENT_ORDER -> eventOrder();
            case EVENT -> events();
            case EVENT_KEY -> KnownKeys.all(session, this::key);
            case COMBINATION -> StoredCombinations.all(session, this::combination);
            case HOUR_TOTAL, HOUR_PART -> cells(table, Level.HOURS);
            case MINUTE_TOTAL, MINUTE_PART -> cells(table, Level.MINUTES);
            case PRESENCE -> PresentValues.all(session, this::value);
        }
    }

    /** A table whose columns are called the same here, but for those that are hashed there. */
    private void plain(MovedTable table, String condition) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (String column : table.columns()) {
            columns.add(
                    switch (column) {
                        case SESSION_HASH -> "session";
                        case TARGET_HASH -> "target";
                        case "hash", "salt" -> "lower(hex(" + column + "))";
                        default -> column;
                    });
        }
        String sql = "select " + String.join(", ", columns) + " from " + name(table) + condition;
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            while (row.next()) {
                session.requireTime();
                List<Optional<String>> cells = new ArrayList<>(columns.size());
                for (int i = 1; i <= columns.size(); i++) {
                    Optional<String> cell = Optional.ofNullable(row.getString(i));
                    cells.add(
                            switch (columns.get(i - 1)) {
                                case "session" -> cell.map(Giving::sha256);
                                case "target" ->
                                    table == MovedTable.WATERMARK ? cell.map(Giving::sha256) : cell;
                                default -> cell;
                            });
                }
                to.add(table, cells);
            }
        }
    }

    private void builds() throws SQLException {
        plain(MovedTable.BUILD, " where current = 1");
        try (ResultSet row =
                session.prepare("select number from build where current = 1").executeQuery()) {
            while (row.next()) {
                builds.add(row.getLong(1));
            }
        }
    }

    private void horizon() throws SQLException {
        horizon = number("select horizon from upkeep");
        to.add(MovedTable.HORIZON, cells(horizon));
    }

    private void eventOrder() throws SQLException {
        to.add(MovedTable.EVENT_ORDER, cells(number("""
                        select max(deleted, (select coalesce(max(id), 0) from event)) from upkeep""")));
    }

    private void events() throws SQLException {
        EventRows.since(
                session,
                horizon,
                (id, series, namespace, time, source, name, ingested, stored, data) -> {
                    List<Optional<String>> row = cells(id, series, namespace, time);
                    row.add(Optional.of(source));
                    row.add(Optional.of(name));
                    row.addAll(cells(ingested, stored));
                    row.add(
                            data.length == 0
                                    ? Optional.empty()
                                    : Optional.of(new String(data, StandardCharsets.UTF_8)));
                    to.add(MovedTable.EVENT, row);
                });
    }

    private void key(long high, long low) {
        to.add(MovedTable.EVENT_KEY, List.of(hex(new ValueHash(high, low).bytes())));
    }

    private void combination(long build, long combination, List<String> texts) {
        if (builds.contains(build)) {
            List<Optional<String>> row = cells(build, combination);
            row.add(Optional.of(JsonPrinter.text(
                    new Json.Arr(texts.stream().<Json>map(Json.Text::new).toList()))));
            to.add(MovedTable.COMBINATION, row);
        }
    }

    private void value(long build, long series, long hour, int combination, byte[] value) {
        if (builds.contains(build)) {
            List<Optional<String>> row = cells(build, series, hour, combination);
            row.add(hex(value));
            to.add(MovedTable.PRESENCE, row);
        }
    }

    private void cells(MovedTable table, Level level) throws SQLException {
        boolean parts = table.columns().contains("combination");
        // Nobody can ask for minutes before the horizon any more.
        long from = level == Level.MINUTES ? level.bucket(horizon) : 0;
        new PageTable(level).readAll(session, (build, series, bucket, combination, cell) -> {
            boolean isPart = combination != PageTable.TOTAL;
            if (builds.contains(build) && isPart == parts && bucket >= from) {
                List<Optional<String>> row = cells(build, series, bucket);
                if (parts) {
                    row.addAll(cells(combination));
                }
                Tally tally = cell.tally();
                if (level == Level.HOURS) {
                    row.addAll(cells(minute(tally.firstMinute()), minute(tally.lastMinute())));
                }
                row.addAll(cells(tally.events(), tally.values(), Micros.of(tally.at())));
                row.add(Optional.of(tally.number().stripTrailingZeros().toPlainString()));
                to.add(table, row);
            }
        });
    }

    private long number(String sql) throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long minute(Instant minute) {
        return Duration.between(Instant.EPOCH, minute).toMinutes() % MINUTES;
    }

    private static List<Optional<String>> cells(long... numbers) {
        List<Optional<String>> cells = new ArrayList<>();
        for (long number : numbers) {
            cells.add(Optional.of(Long.toString(number)));
        }
        return cells;
    }

    private static Optional<String> hex(byte[] bytes) {
        return Optional.of(HexFormat.of().formatHex(bytes));
    }

    private static String sha256(String text) {
        return HexFormat.of()
                .formatHex(ValueHash.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String name(MovedTable table) {
        return table.name().toLowerCase(Locale.ROOT);
    }
}
