package io.meterport.bootstrap.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people roll themselves: a table of events in PostgreSQL with a unique key and an index, an
 * INSERT for each request, and a GROUP BY for each look at the usage. It speaks the few requests of
 * workload W, so that the same load can be put on it. It knows no meters, no revocation and no
 * exact decimals, and takes the bearer of a question for the subject itself.
 */
final class NaivePeer {
    private static final int CONNECTIONS = 16;
    private static final int MOST_BYTES = 4 * 1_024 * 1_024;

    private final HikariDataSource pool;

    private NaivePeer(HikariDataSource pool) {
        this.pool = pool;
    }

    /** The process: {@code URL USER PASSWORD}; says its port, and serves until it is let go. */
    public static void main(String[] args) throws IOException, SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[0] + "?reWriteBatchedInserts=true");
        config.setUsername(args[1]);
        config.setPassword(args[2]);
        config.setMaximumPoolSize(CONNECTIONS);
        PrintStream out = System.out;
        try (HikariDataSource pool = new HikariDataSource(config)) {
            NaivePeer peer = new NaivePeer(pool);
            peer.createTable();
            WebServer server = WebServer.builder()
                    .host("127.0.0.1")
                    .port(0)
                    .maxPayloadSize(MOST_BYTES)
                    .connectionOptions(socket -> socket.tcpNoDelay(true))
                    .routing(routing -> routing.post("/api/v1/events", peer::insert)
                            .get("/api/v1/portal/meters/tokens/query", peer::query))
                    .build()
                    .start();
            out.println(server.port());
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
            server.stop();
        }
    }

    private void createTable() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement direct = connection.createStatement()) {
            direct.execute("""
                    create table if not exists event (
                        source text not null, id text not null, type text not null,
                        subject text not null, time timestamptz not null, data jsonb not null,
                        primary key (source, id))""");
            direct.execute("""
                    create index if not exists event_usage on event (subject, type, time)""");
        }
    }

    private void insert(ServerRequest request, ServerResponse response) {
        Json body = JsonReader.read(request.content().inputStream());
        List<Json> events = body instanceof Json.Arr batch ? batch.items() : List.of(body);
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into event (source, id, type, subject, time, data)
                    values (?, ?, ?, ?, ?, cast(? as jsonb)) on conflict do nothing""")) {
                for (Json event : events) {
                    add(insert, (Json.Obj) event);
                }
                insert.executeBatch();
            }
            connection.commit();
            response.status(Status.NO_CONTENT_204).send();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(PreparedStatement insert, Json.Obj event) throws SQLException {
        insert.setString(1, text(event, "source"));
        insert.setString(2, text(event, "id"));
        insert.setString(3, text(event, "type"));
        insert.setString(4, text(event, "subject"));
        insert.setTimestamp(5, Timestamp.from(Instant.parse(text(event, "time"))));
        insert.setString(6, JsonPrinter.text(event.members().get("data")));
        insert.addBatch();
    }

    private void query(ServerRequest request, ServerResponse response) {
        String subject = request.headers()
                .get(HeaderNames.AUTHORIZATION)
                .get()
                .substring("Bearer ".length());
        var parameters = request.query();
        Instant from = Instant.parse(parameters.get("from"));
        Instant to = Instant.parse(parameters.get("to"));
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                    select date_trunc('day', time, ?) as day, sum(cast(data ->> 'tokens' as numeric))
                    from event
                    where subject = ? and type = 'prompt' and time >= ? and time < ?
                    group by day order by day""")) {
            select.setString(1, parameters.get("windowTimeZone"));
            select.setString(2, subject);
            select.setTimestamp(3, Timestamp.from(from));
            select.setTimestamp(4, Timestamp.from(to));
            byte[] answer = answer(select, subject);
            response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
            response.send(answer);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] answer(PreparedStatement select, String subject) throws SQLException {
        List<Json> rows = new ArrayList<>();
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                Instant start = found.getTimestamp(1).toInstant();
                Map<String, Json> row = new LinkedHashMap<>();
                row.put("value", new Json.Num(found.getBigDecimal(2)));
                row.put("windowStart", new Json.Text(start.toString()));
                row.put("subject", new Json.Text(subject));
                rows.add(new Json.Obj(row));
            }
        }
        Json answer = new Json.Obj(Map.of("data", new Json.Arr(rows)));
        return JsonPrinter.text(answer).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Json.Obj event, String name) {
        return ((Json.Text) event.members().get(name)).value();
    }
}
