package io.meterport.adapters.postgres.move;

import io.meterport.adapters.json.JsonReader;
import io.meterport.adapters.postgres.event.Months;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Hashes;
import io.meterport.application.spi.MovedTable;
import io.meterport.domain.json.Json;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Stores rows of one table after the other, many at a time. Not thread-safe. */
final class Inserting {
    private static final int ROWS_AT_A_TIME = 5_000;

    private final Handle handle;
    private final List<List<Optional<String>>> rows = new ArrayList<>();
    private final Set<YearMonth> months = new HashSet<>();
    private Optional<MovedTable> table = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    Inserting(Handle handle) {
        this.handle = handle;
    }

    void add(MovedTable of, List<Optional<String>> row) {
        boolean isNext = table.isPresent() && table.get() != of;
        if (isNext || rows.size() == ROWS_AT_A_TIME) {
            finish();
        }
        table = Optional.of(of);
        rows.add(of == MovedTable.COMBINATION ? withKey(row) : row);
    }

    /** Stores what was added and is not stored yet. */
    void finish() {
        try {
            if (table.isPresent() && !rows.isEmpty()) {
                store(table.get());
            }
        } catch (SQLException e) {
            failure = Optional.of(new IllegalStateException("PostgreSQL refused a row", e));
            throw failure.get();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
        rows.clear();
    }

    /** What went wrong here, if something did. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    private void store(MovedTable of) throws SQLException {
        switch (of) {
            case EVENT -> requireMonths(of.columns().indexOf("time"), ChronoUnit.MICROS);
            case MINUTE_TOTAL, MINUTE_PART ->
                requireMonths(of.columns().indexOf("minute"), ChronoUnit.MINUTES);
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
                    HORIZON,
                    EVENT_ORDER,
                    KEY_SALT,
                    EVENT_KEY,
                    BUILD,
                    COMBINATION,
                    HOUR_TOTAL,
                    HOUR_PART,
                    PRESENCE -> {
                // Not by the month.
            }
        }
        int columns = rows.getFirst().size();
        try (PreparedStatement insert =
                handle.getConnection().prepareStatement(Insert.of(of, columns))) {
            Arrays arrays = new Arrays(handle.getConnection(), insert);
            for (int i = 0; i < columns; i++) {
                int column = i;
                arrays.texts(
                        i + 1,
                        rows.stream()
                                .map(row -> row.get(column).orElse(null))
                                .toArray(String[]::new));
            }
            insert.execute();
        }
    }

    private void requireMonths(int column, ChronoUnit unit) {
        for (List<Optional<String>> row : rows) {
            Instant time = Instant.EPOCH.plus(Long.parseLong(row.get(column).orElseThrow()), unit);
            if (months.add(YearMonth.from(time.atOffset(ZoneOffset.UTC)))) {
                Months.require(handle, time);
            }
        }
    }

    /** What a combination is found by is worked out here. */
    private static List<Optional<String>> withKey(List<Optional<String>> row) {
        Json.Arr texts =
                (Json.Arr) JsonReader.read("A combination", row.getLast().orElseThrow());
        List<Optional<String>> longer = new ArrayList<>(row);
        longer.add(Optional.of(Hashes.of(texts.items().stream()
                        .map(text -> ((Json.Text) text).value())
                        .toList())
                .toString()));
        return longer;
    }
}
