package io.meterport.adapters.postgres.event;

import io.meterport.adapters.json.JsonReader;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Events as rows. */
public final class EventRows {
    /** What {@link #read} needs of the tables event and series. */
    public static final String COLUMNS = """
            event.seq, event.time, event.source, event.name, event.ingested, event.stored,
            event.data, series.type, series.subject
            """;

    private static final EventKey ANY = new EventKey("-", "-");

    private static final String INSERT = """
            insert into event (seq, series, namespace, time, source, name, ingested, stored, data)
            select nextval('event_seq'), fresh.series, fresh.namespace, fresh.time, fresh.source,
                fresh.name, fresh.ingested, greatest(fresh.ingested, ?), fresh.data::json
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
                ?::text[]) as fresh (series, namespace, time, source, name, ingested, data)""";

    private EventRows() {}

    /** Stores events, in this order. */
    static void insert(
            Connection connection,
            Dictionaries.Numbers numbers,
            List<NewEvent> events,
            long storedMicros)
            throws SQLException {
        int size = events.size();
        long[] series = new long[size];
        long[] namespaces = new long[size];
        long[] times = new long[size];
        String[] sources = new String[size];
        String[] names = new String[size];
        long[] ingested = new long[size];
        String[] data = new String[size];
        for (int i = 0; i < size; i++) {
            NewEvent each = events.get(i);
            Event event = each.event();
            series[i] = numbers.series(each.series());
            namespaces[i] = numbers.namespace(connection, each.of().batch().namespace());
            times[i] = Micros.of(event.time());
            sources[i] = event.key().source();
            names[i] = event.key().id();
            ingested[i] = each.ingested();
            data[i] = each.of().data(each.index()).orElse(null);
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            Arrays arrays = new Arrays(connection, insert);
            insert.setLong(1, storedMicros);
            arrays.longs(2, series);
            arrays.longs(3, namespaces);
            arrays.longs(4, times);
            arrays.texts(5, sources);
            arrays.texts(6, names);
            arrays.longs(7, ingested);
            arrays.texts(8, data);
            insert.executeUpdate();
        }
    }

    /** The event of a row of {@link #COLUMNS}. */
    public static StoredEvent read(ResultSet row) throws SQLException {
        Event event = new Event(
                new EventKey(row.getString(3), row.getString(4)),
                new EventType(row.getString(8)),
                new SubjectKey(row.getString(9)),
                Micros.instant(row.getLong(2)),
                data(row.getString(7)));
        return new StoredEvent(
                row.getLong(1),
                event,
                Micros.instant(row.getLong(5)),
                Micros.instant(row.getLong(6)));
    }

    /** An event of which only this is known; its key means nothing. */
    public static Event counted(EventType type, SubjectKey subject, long micros, String data) {
        return new Event(ANY, type, subject, Micros.instant(micros), data(data));
    }

    private static Optional<Json.Obj> data(String text) {
        return text == null
                ? Optional.empty()
                : Optional.of((Json.Obj) JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
    }
}
