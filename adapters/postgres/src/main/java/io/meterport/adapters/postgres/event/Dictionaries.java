package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.domain.subject.Namespace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The numbers of namespaces and series, remembered. Thread-safe. */
final class Dictionaries {
    private static final int MOST = 500_000;

    private static final String ADD_NAMESPACE =
            "insert into namespace (name) values (?) on conflict do nothing";
    private static final String FIND_NAMESPACE = "select id from namespace where name = ?";
    private static final String ADD_SERIES = """
            insert into series (namespace, key, type, subject)
            select ?, * from unnest(?::uuid[], ?::text[], ?::text[])
            on conflict do nothing""";
    private static final String FIND_SERIES =
            "select key, id from series where namespace = ? and key = any(?::uuid[])";

    private record Remembered(
            long epoch, Map<Namespace, Long> namespaces, Map<SeriesKey, Long> series) {
        Remembered(long epoch) {
            this(epoch, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    private volatile Remembered remembered = new Remembered(-1);

    /** For one transaction that sees this epoch. */
    Numbers at(long epoch) {
        Remembered now = remembered;
        if (now.epoch() != epoch || now.series().size() > MOST) {
            now = new Remembered(epoch);
            remembered = now;
        }
        return new Numbers(now);
    }

    /** What one transaction knows; the others learn what it added once it is committed. */
    static final class Numbers {
        private final Remembered known;
        private final Map<Namespace, Long> newNamespaces = new HashMap<>();
        private final Map<SeriesKey, Long> newSeries = new HashMap<>();

        private Numbers(Remembered known) {
            this.known = known;
        }

        /** The number of that namespace, which is given one if it has none. */
        long namespace(Connection connection, Namespace namespace) throws SQLException {
            Long number = known.namespaces().get(namespace);
            number = number == null ? newNamespaces.get(namespace) : number;
            if (number == null) {
                try (PreparedStatement add = connection.prepareStatement(ADD_NAMESPACE)) {
                    add.setString(1, namespace.name());
                    add.executeUpdate();
                }
                try (PreparedStatement find = connection.prepareStatement(FIND_NAMESPACE)) {
                    find.setString(1, namespace.name());
                    try (ResultSet row = find.executeQuery()) {
                        row.next();
                        number = row.getLong(1);
                    }
                }
                newNamespaces.put(namespace, number);
            }
            return number;
        }

        /** The numbers of these series of one namespace, which are given one if they have none. */
        void require(Connection connection, long namespace, Collection<SeriesKey> keys)
                throws SQLException {
            Map<UUID, SeriesKey> missing = new TreeMap<>();
            for (SeriesKey key : keys) {
                if (!known.series().containsKey(key) && !newSeries.containsKey(key)) {
                    missing.put(key.hash(), key);
                }
            }
            if (missing.isEmpty()) {
                return;
            }
            find(connection, namespace, missing);
            if (!missing.isEmpty()) {
                add(connection, namespace, missing);
                find(connection, namespace, missing);
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException("a series was neither found nor added");
            }
        }

        /** The number of a series that was required. */
        long series(SeriesKey key) {
            Long number = known.series().get(key);
            return number == null ? Objects.requireNonNull(newSeries.get(key), "required") : number;
        }

        /** What was found or added holds for all from now on. */
        void committed() {
            known.namespaces().putAll(newNamespaces);
            known.series().putAll(newSeries);
        }

        private void find(Connection connection, long namespace, Map<UUID, SeriesKey> missing)
                throws SQLException {
            try (PreparedStatement find = connection.prepareStatement(FIND_SERIES)) {
                find.setLong(1, namespace);
                new Arrays(connection, find).uuids(2, missing.keySet().toArray(UUID[]::new));
                try (ResultSet row = find.executeQuery()) {
                    while (row.next()) {
                        SeriesKey key = Objects.requireNonNull(
                                missing.remove(row.getObject(1, UUID.class)));
                        newSeries.put(key, row.getLong(2));
                    }
                }
            }
        }

        private static void add(Connection connection, long namespace, Map<UUID, SeriesKey> missing)
                throws SQLException {
            List<String> types = new ArrayList<>();
            List<String> subjects = new ArrayList<>();
            for (SeriesKey key : missing.values()) {
                types.add(key.type().value());
                subjects.add(key.subject().value());
            }
            try (PreparedStatement add = connection.prepareStatement(ADD_SERIES)) {
                add.setLong(1, namespace);
                Arrays arrays = new Arrays(connection, add);
                arrays.uuids(2, missing.keySet().toArray(UUID[]::new));
                arrays.texts(3, types.toArray(String[]::new));
                arrays.texts(4, subjects.toArray(String[]::new));
                add.executeUpdate();
            }
        }
    }
}
