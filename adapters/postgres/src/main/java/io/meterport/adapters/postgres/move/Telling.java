package io.meterport.adapters.postgres.move;

import io.meterport.application.spi.MovedRows;
import io.meterport.application.spi.MovedTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what is stored as moved rows. */
final class Telling {
    private static final int ROWS_AT_A_TIME = 5_000;

    private Telling() {}

    /** Shows all rows of that table, as the transaction sees them. */
    static void tell(Connection connection, MovedTable table, MovedRows to) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(select(table))) {
            select.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet row = select.executeQuery()) {
                int columns = table.columns().size();
                while (row.next()) {
                    List<Optional<String>> cells = new ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        cells.add(Optional.ofNullable(row.getString(i)));
                    }
                    to.add(table, cells);
                }
            }
        }
    }

    private static String select(MovedTable table) {
        return switch (table) {
            case CATALOG,
                    METER,
                    SUBJECT,
                    PORTAL_TOKEN,
                    REVOCATION_HEAD,
                    REVOCATION,
                    WATERMARK,
                    API_KEY,
                    CLOCK_MARK,
                    AUDIT,
                    NAMESPACE,
                    SERIES,
                    KEY_SALT,
                    EVENT_KEY,
                    COMBINATION,
                    HOUR_TOTAL,
                    HOUR_PART,
                    MINUTE_TOTAL,
                    MINUTE_PART,
                    PRESENCE -> plain(table);
            case HORIZON -> "select horizon from upkeep";
            case EVENT_ORDER ->
                "select case when is_called then last_value else 0 end from event_seq";
            case EVENT -> """
                    select seq, series, namespace, time, source, name, ingested, stored, data::text
                    from event""";
            case BUILD -> plain(table) + " where current";
        };
    }

    /** A table whose columns have the same names here. */
    private static String plain(MovedTable table) {
        List<String> columns = new ArrayList<>();
        for (String column : table.columns()) {
            columns.add(
                    switch (column) {
                        case "hash", "salt", "session_hash", "target_hash" ->
                            "encode(" + column + ", 'hex')";
                        case "value" -> "replace(value::text, '-', '')";
                        case "key" ->
                            table == MovedTable.EVENT_KEY ? "replace(key::text, '-', '')" : "key";
                        case "number" -> isSum(table) ? "trim_scale(number)" : "number";
                        default -> column;
                    });
        }
        return "select " + String.join(", ", columns) + " from "
                + table.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isSum(MovedTable table) {
        return table.columns().contains("events");
    }
}
