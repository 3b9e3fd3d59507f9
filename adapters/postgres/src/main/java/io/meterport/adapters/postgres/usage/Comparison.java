package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.event.CountedGroups;
import io.meterport.adapters.postgres.event.EventRows;
import io.meterport.adapters.postgres.event.KeySalt;
import io.meterport.adapters.postgres.event.LiveBuilds;
import io.meterport.adapters.postgres.event.Upkeep;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.application.spi.VerificationReport;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.subject.Namespace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * One verification: hour by hour, the events of an hour are counted anew and compared with what is
 * stored of it; then it is looked for what is stored without any event. Not thread-safe.
 */
final class Comparison {
    private static final int MANY_ROWS = 2_000;

    private static final String NEXT = """
            select time from event where namespace = ? and time >= ? order by time limit 1""";
    private static final String EVENTS = "select " + EventRows.COLUMNS + """
            , series.id from event join series on series.id = event.series
                and series.namespace = event.namespace
            where event.namespace = ? and event.time >= ? and event.time < ?""";
    private static final String KNOWN = """
            select count(*) from unnest(?::uuid[]) as wanted (key)
            join event_key on event_key.key = wanted.key""";

    private record StoredNamespace(long id, Namespace name) {}

    private final Handle handle;
    private final Connection connection;
    private final KeySalt.Hashing keys;
    private final Report report = new Report();
    private final long horizon;
    private final List<LiveBuilds.Live> builds;
    private final int left;
    private final Map<Long, StoredRows> stored = new TreeMap<>();
    private final Map<Long, CountedGroups> groups = new TreeMap<>();

    Comparison(Handle handle, KeySalt salt) throws SQLException {
        this.handle = handle;
        this.connection = handle.getConnection();
        this.keys = salt.hashing();
        this.horizon = Micros.of(Upkeep.read(handle).horizon().moment());
        Upkeep.keepEvents(handle);
        List<LiveBuilds.Live> current = LiveBuilds.all(handle);
        Set<String> erased =
                Set.copyOf(handle.createQuery("""
                        select namespace.name || ' ' || series.type from erasure
                        join series on series.id = erasure.series
                        join namespace on namespace.id = erasure.namespace""").mapTo(String.class).list());
        this.builds = current.stream()
                .filter(LiveBuilds.Live::isComplete)
                .filter(live -> !erased.contains(live.meter().namespace().name() + " "
                        + live.meter().eventType().value()))
                .toList();
        this.left = current.size() - builds.size();
        for (LiveBuilds.Live live : builds) {
            stored.put(
                    live.target().build(),
                    new StoredRows(connection, live, Math.floorDiv(horizon, Cut.HOUR), report));
            groups.put(
                    live.target().build(),
                    new CountedGroups(connection, OptionalLong.of(live.target().build())));
        }
    }

    VerificationReport run() throws SQLException {
        for (StoredNamespace namespace : namespaces()) {
            OptionalLong next = next(namespace, horizon);
            while (next.isPresent()) {
                long hour = Math.floorDiv(next.getAsLong(), Cut.HOUR);
                compare(namespace, hour);
                next = next(namespace, (hour + 1) * Cut.HOUR);
            }
        }
        for (StoredRows each : stored.values()) {
            each.lookForMore();
        }
        return report.finish(builds.size(), left);
    }

    private void compare(StoredNamespace namespace, long hour) throws SQLException {
        List<LiveBuilds.Live> counting = builds.stream()
                .filter(live -> live.meter().namespace().equals(namespace.name())
                        && live.dataFrom() <= hour * Cut.HOUR)
                .toList();
        Map<Long, HourSums> counted = new TreeMap<>();
        for (LiveBuilds.Live live : counting) {
            counted.put(live.target().build(), new HourSums(live.target()));
        }
        List<UUID> met = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
            select.setFetchSize(MANY_ROWS);
            select.setLong(1, namespace.id());
            select.setLong(2, hour * Cut.HOUR);
            select.setLong(3, (hour + 1) * Cut.HOUR);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    StoredEvent event = EventRows.read(row);
                    report.addEvent();
                    met.add(keys.of(namespace.name(), event.event().key()));
                    if (met.size() == MANY_ROWS) {
                        requireKnown(namespace, hour, met);
                        met.clear();
                    }
                    for (LiveBuilds.Live live : counting) {
                        count(live, row.getLong(10), event.event(), counted);
                    }
                }
            }
        }
        requireKnown(namespace, hour, met);
        for (Map.Entry<Long, HourSums> each : counted.entrySet()) {
            Objects.requireNonNull(stored.get(each.getKey())).compare(hour, each.getValue());
        }
    }

    private void count(LiveBuilds.Live live, long series, Event event, Map<Long, HourSums> counted)
            throws SQLException {
        long build = live.target().build();
        Optional<Contribution> gives = Contribution.of(live.meter(), event);
        if (gives.isPresent()) {
            List<String> group =
                    Objects.requireNonNull(groups.get(build)).of(gives.get().group());
            Objects.requireNonNull(counted.get(build))
                    .add(series, Micros.of(event.time()), gives.get(), group);
        }
    }

    /** Every event has its key, else it could be stored a second time. */
    private void requireKnown(StoredNamespace namespace, long hour, List<UUID> met)
            throws SQLException {
        Set<UUID> distinct = met.stream().collect(Collectors.toSet());
        try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
            new Arrays(connection, select).uuids(1, distinct.toArray(UUID[]::new));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                report.compare(
                        row.getLong(1) == met.size(),
                        "namespace " + namespace.name() + ", hour "
                                + Micros.instant(hour * Cut.HOUR) + ": of " + met.size()
                                + " events " + row.getLong(1) + " have a key of their own");
            }
        }
    }

    private OptionalLong next(StoredNamespace namespace, long from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEXT)) {
            select.setLong(1, namespace.id());
            select.setLong(2, from);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private List<StoredNamespace> namespaces() {
        return handle.createQuery("select id, name from namespace order by id")
                .map((row, context) -> new StoredNamespace(
                        row.getLong("id"), new Namespace(row.getString("name"))))
                .list();
    }
}
