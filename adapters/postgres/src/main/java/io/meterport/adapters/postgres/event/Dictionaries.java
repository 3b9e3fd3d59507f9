package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.application.spi.SubjectCap;
import io.meterport.domain.subject.Namespace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The numbers of namespaces and series, remembered, and how many subjects have some. Thread-safe. */
final class Dictionaries {
    private static final Logger LOGGER = System.getLogger(Dictionaries.class.getPackageName());
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

    /**
     * What a namespace may still be given.
     *
     * @param fresh those, of the subjects asked for, that have no series yet
     * @param left how many of them may have some
     */
    record Room(Set<String> fresh, long left) {}

    private final SubjectCap cap;
    private final Map<Namespace, Long> refusals = new ConcurrentHashMap<>();
    private volatile Remembered remembered = new Remembered(-1);

    /** Where each namespace may have as many subjects as that. */
    Dictionaries(SubjectCap cap) {
        this.cap = cap;
    }

    /** For one transaction that sees this epoch. */
    Numbers at(long epoch) {
        Remembered now = remembered;
        if (now.epoch() != epoch || now.series().size() > MOST) {
            now = new Remembered(epoch);
            remembered = now;
        }
        return new Numbers(cap, refusals, now);
    }

    /** What one transaction knows; the others learn what it added once it is committed. */
    static final class Numbers {
        private final SubjectCap cap;
        private final Map<Namespace, Long> refusals;
        private final Remembered known;
        private final Map<Namespace, Long> newNamespaces = new HashMap<>();
        private final Map<SeriesKey, Long> newSeries = new HashMap<>();
        private final List<String> warnings = new ArrayList<>();

        private Numbers(SubjectCap cap, Map<Namespace, Long> refusals, Remembered known) {
            this.cap = cap;
            this.refusals = refusals;
            this.known = known;
        }

        /** What the namespace may still be given; they are to come in the order of their names. */
        Room room(Connection connection, Namespace namespace, Collection<SeriesKey> keys)
                throws SQLException {
            Set<String> subjects = new HashSet<>();
            for (SeriesKey key : keys) {
                if (!known.series().containsKey(key)) {
                    subjects.add(key.subject().value());
                }
            }
            if (subjects.isEmpty()) {
                return new Room(Set.of(), 0);
            }
            long number = namespace(connection, namespace);
            Set<String> fresh = SubjectCount.unknown(connection, number, subjects);
            if (fresh.isEmpty()) {
                return new Room(fresh, 0);
            }
            long count = SubjectCount.lock(connection, number);
            fresh = SubjectCount.unknown(connection, number, fresh);
            return new Room(fresh, cap.left(count));
        }

        /** Remembers that the namespace has no room for what a batch brings. */
        void refused(Namespace namespace) {
            long count = refusals.merge(namespace, 1L, Long::sum);
            if (Long.bitCount(count) == 1) {
                warn(namespace, "batches refused for bringing others: " + count);
            }
        }

        private void warn(Namespace namespace, String what) {
            warnings.add(
                    "The namespace " + namespace.name() + " has very many subjects: " + what + ".");
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
        void require(Connection connection, Namespace of, Collection<SeriesKey> keys)
                throws SQLException {
            long namespace = namespace(connection, of);
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
                count(connection, of, namespace, missing.values());
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
            warnings.forEach(warning -> LOGGER.log(Level.WARNING, warning));
        }

        /** From here on nobody else brings subjects to the namespace, if some of these are new. */
        private void count(
                Connection connection, Namespace of, long namespace, Collection<SeriesKey> keys)
                throws SQLException {
            Set<String> subjects = new HashSet<>();
            keys.forEach(key -> subjects.add(key.subject().value()));
            Set<String> fresh = SubjectCount.unknown(connection, namespace, subjects);
            if (!fresh.isEmpty()) {
                long before = SubjectCount.lock(connection, namespace);
                long more = SubjectCount.unknown(connection, namespace, fresh).size();
                SubjectCount.add(connection, namespace, more);
                if (cap.warnsBetween(before, before + more)) {
                    warn(of, (before + more) + " by now, and each costs room and time");
                }
            }
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
