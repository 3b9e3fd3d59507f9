package io.meterport.bootstrap;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine that shares no code with us computes from the same file of flights. DuckDB reads
 * the JSON, cuts the windows with its own calendar and adds up; only the one division of an average
 * is done here, since DuckDB would round it to a double.
 */
final class FlightsInDuckDb implements AutoCloseable {
    /** 34 significant digits, half to even: how an average is rounded, once. */
    private static final MathContext AVERAGE = new MathContext(34, RoundingMode.HALF_EVEN);

    private final Connection duckDb;

    private FlightsInDuckDb(Connection duckDb) {
        this.duckDb = duckDb;
    }

    /** Reads the file; its local times are taken as UTC, as the events take them. */
    static FlightsInDuckDb read(Path json) throws SQLException {
        Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        try (var create = duckDb.prepareStatement("""
                create table flight as
                select origin, destination, distance, delay,
                       timezone('UTC', strptime(date, '%Y/%m/%d %H:%M')) as departed
                from read_json(?, columns = {
                    date: 'varchar', delay: 'bigint', distance: 'bigint',
                    origin: 'varchar', destination: 'varchar'})""")) {
            create.setString(1, json.toString());
            create.execute();
        }
        return new FlightsInDuckDb(duckDb);
    }

    /** The usage of all airports, ordered by airport, window and destination. */
    List<FlightRow> usage(FlightQuestion question) throws SQLException {
        String zone = question.zone().getId();
        try (var query = duckDb.prepareStatement(sql(question))) {
            query.setString(1, zone);
            query.setString(2, question.from().toString());
            query.setString(3, question.to().toString());
            query.setString(4, zone);
            query.setString(5, zone);
            try (var result = query.executeQuery()) {
                return rows(result, question.zone());
            }
        }
    }

    private static String sql(FlightQuestion question) {
        return """
                with cut as (
                  select *, date_trunc('%1$s', timezone(?, departed)) as local_start
                  from flight
                  where departed >= cast(? as timestamptz) and departed < cast(? as timestamptz))
                select origin as airport,
                       %2$s as grouped,
                       epoch_ms(timezone(?, local_start)) as window_start,
                       epoch_ms(timezone(?, local_start + interval 1 %1$s)) as window_end,
                       %3$s as total,
                       %4$s as divisor
                from cut group by airport, grouped, local_start
                order by airport, window_start, grouped
                """.formatted(
                        question.size(),
                        question.byDestination() ? "destination" : "''",
                        question.meter().total(),
                        question.meter().divisor());
    }

    private static List<FlightRow> rows(ResultSet result, ZoneId zone) throws SQLException {
        List<FlightRow> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(new FlightRow(
                    result.getString("airport"),
                    time(result.getLong("window_start"), zone),
                    time(result.getLong("window_end"), zone),
                    result.getString("grouped"),
                    new BigDecimal(result.getString("total"))
                            .divide(new BigDecimal(result.getString("divisor")), AVERAGE)));
        }
        return rows;
    }

    private static OffsetDateTime time(long epochMillis, ZoneId zone) {
        return Instant.ofEpochMilli(epochMillis).atZone(zone).toOffsetDateTime();
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
