package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageChanges;
import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Remembers in the database when series changed, and tells those who follow a subject: at once of what
 * this node stores, and of what others store whenever somebody calls {@link #poll}. The numbers of
 * changes are committed in their order, so that whoever has seen one has seen all before it.
 * Thread-safe.
 */
public final class PostgresChanges implements UsageChanges {
    private static final String NEXT =
            "update change_head set number = number + 1 where one = 1 returning number";
    private static final String PUT = """
            update series set changed = ?, changed_at = ? where id = any(?::bigint[])""";
    private static final String PUT_TYPES = """
            insert into type_change (namespace, type, changed, changed_at)
            select namespace, type, ?, ? from unnest(?::bigint[], ?::text[]) as t (namespace, type)
            on conflict (namespace, type) do update
            set changed = excluded.changed, changed_at = excluded.changed_at""";
    private static final String LAST = """
            select series.changed, series.changed_at from namespace
            join series on series.namespace = namespace.id
            where namespace.name = ? and series.key = any(?::uuid[])
            order by series.changed desc limit 1""";
    private static final String LAST_OF_TYPE = """
            select type_change.changed, type_change.changed_at from namespace
            join type_change on type_change.namespace = namespace.id
            where namespace.name = ? and type_change.type = ?""";
    private static final String FOLLOWED = """
            select namespace.name, series.type, series.subject, series.changed from series
            join namespace on namespace.id = series.namespace
            where series.subject = any(?::text[])""";

    private record Followed(Namespace namespace, SubjectKey subject) {}

    private final Transactions transactions;
    private final Map<Followed, List<Consumer<EventType>>> followers = new ConcurrentHashMap<>();
    /** Up to which change the followers of a series have been told. */
    private final Map<SeriesKey, Long> told = new ConcurrentHashMap<>();

    PostgresChanges(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public UsageChange last(Namespace namespace, SubjectKey subject, Set<EventType> types) {
        UUID[] keys = types.stream()
                .map(type -> new SeriesKey(namespace, type, subject).hash())
                .toArray(UUID[]::new);
        return transactions.readOnce(handle -> last(handle.getConnection(), namespace, keys));
    }

    /** The last change of what the query is about, in the state that is being read. */
    public static UsageChange last(Handle handle, UsageQuery query) throws SQLException {
        Namespace namespace = query.meter().namespace();
        EventType type = query.meter().eventType();
        return switch (query.subjects()) {
            case Subjects.Together _ -> lastOfType(handle.getConnection(), namespace, type);
            case Subjects.Each _ -> lastOfType(handle.getConnection(), namespace, type);
            case Subjects.Only(Set<SubjectKey> keys) ->
                last(
                        handle.getConnection(),
                        namespace,
                        keys.stream()
                                .map(key -> new SeriesKey(namespace, type, key).hash())
                                .toArray(UUID[]::new));
        };
    }

    @Override
    public Subscription subscribe(
            Namespace namespace, SubjectKey subject, Consumer<EventType> changed) {
        Followed followed = new Followed(namespace, subject);
        followers.compute(followed, (key, those) -> {
            List<Consumer<EventType>> all = those == null ? new CopyOnWriteArrayList<>() : those;
            all.add(changed);
            return all;
        });
        // What was stored before is no news.
        find(List.of(followed))
                .forEach(found -> told.merge(found.series(), found.number(), Math::max));
        return () -> followers.computeIfPresent(followed, (key, those) -> {
            those.remove(changed);
            return those.isEmpty() ? null : those;
        });
    }

    /** Tells followers of what other nodes stored. Cheap where nobody follows anything. */
    public void poll() {
        Set<Followed> now = new HashSet<>(followers.keySet());
        told.keySet().removeIf(key -> !now.contains(followed(key)));
        if (!now.isEmpty()) {
            find(now).forEach(found -> tell(found.series(), found.number()));
        }
    }

    /** Stores that these series changed at that time, and returns the number of the change. */
    long store(
            Connection connection,
            Dictionaries.Numbers numbers,
            Collection<SeriesKey> changed,
            long micros)
            throws SQLException {
        long change;
        try (PreparedStatement next = connection.prepareStatement(NEXT);
                ResultSet row = next.executeQuery()) {
            row.next();
            change = row.getLong(1);
        }
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setLong(1, change);
            put.setLong(2, micros);
            new Arrays(connection, put)
                    .longs(
                            3,
                            changed.stream().mapToLong(numbers::series).sorted().toArray());
            put.executeUpdate();
        }
        Set<TypeKey> types = new HashSet<>();
        for (SeriesKey key : changed) {
            types.add(new TypeKey(
                    numbers.namespace(connection, key.namespace()), key.type().value()));
        }
        try (PreparedStatement put = connection.prepareStatement(PUT_TYPES)) {
            put.setLong(1, change);
            put.setLong(2, micros);
            Arrays arrays = new Arrays(connection, put);
            arrays.longs(3, types.stream().mapToLong(TypeKey::namespace).toArray());
            arrays.texts(4, types.stream().map(TypeKey::type).toArray(String[]::new));
            put.executeUpdate();
        }
        return change;
    }

    private record TypeKey(long namespace, String type) {}

    /** Tells followers of what this node has committed. */
    void committed(long change, Collection<SeriesKey> changed) {
        if (!followers.isEmpty()) {
            changed.forEach(series -> tell(series, change));
        }
    }

    private void tell(SeriesKey series, long change) {
        List<Consumer<EventType>> those = followers.getOrDefault(followed(series), List.of());
        if (those.isEmpty()) {
            return;
        }
        boolean[] isNews = new boolean[1];
        told.compute(series, (key, before) -> {
            isNews[0] = before == null || before < change;
            return isNews[0] ? Long.valueOf(change) : before;
        });
        if (isNews[0]) {
            those.forEach(changed -> changed.accept(series.type()));
        }
    }

    private static Followed followed(SeriesKey series) {
        return new Followed(series.namespace(), series.subject());
    }

    private record Found(SeriesKey series, long number) {}

    private List<Found> find(Collection<Followed> followed) {
        Set<Followed> wanted = Set.copyOf(followed);
        String[] subjects = wanted.stream()
                .map(each -> each.subject().value())
                .distinct()
                .toArray(String[]::new);
        return transactions.readOnce(handle -> {
            Connection connection = handle.getConnection();
            try (PreparedStatement find = connection.prepareStatement(FOLLOWED)) {
                new Arrays(connection, find).texts(1, subjects);
                try (ResultSet row = find.executeQuery()) {
                    Stream.Builder<Found> found = Stream.builder();
                    while (row.next()) {
                        SeriesKey series = new SeriesKey(
                                new Namespace(row.getString(1)),
                                new EventType(row.getString(2)),
                                new SubjectKey(row.getString(3)));
                        if (wanted.contains(followed(series)) && row.getLong(4) > 0) {
                            found.add(new Found(series, row.getLong(4)));
                        }
                    }
                    return found.build().toList();
                }
            }
        });
    }

    private static UsageChange last(Connection connection, Namespace namespace, UUID[] keys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST)) {
            statement.setString(1, namespace.name());
            new Arrays(connection, statement).uuids(2, keys);
            return change(statement);
        }
    }

    private static UsageChange lastOfType(
            Connection connection, Namespace namespace, EventType type) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_OF_TYPE)) {
            statement.setString(1, namespace.name());
            statement.setString(2, type.value());
            return change(statement);
        }
    }

    private static UsageChange change(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() && row.getLong(1) > 0
                    ? new UsageChange(row.getLong(1), Optional.of(Micros.instant(row.getLong(2))))
                    : UsageChange.NONE;
        }
    }
}
