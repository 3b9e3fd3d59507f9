package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageChanges;
import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Remembers the last change of each series, so that asking costs no reading, and tells those who
 * follow a subject. The number of a change is that of the last event stored by it. Thread-safe; the
 * methods of {@link Kept} and {@link #store} are for the writer's thread.
 */
public final class SqliteChanges implements UsageChanges, Kept {
    private record Place(Namespace namespace, EventType type, SubjectKey subject) {}

    private record Followed(Namespace namespace, SubjectKey subject) {}

    private record Written(Namespace namespace, NewEvent last, long stored) {
        Place place() {
            return new Place(namespace, last.event().type(), last.event().subject());
        }

        UsageChange change() {
            return new UsageChange(last.id(), Optional.of(Micros.instant(stored)));
        }
    }

    private static final int MOST = 200_000;

    private static final String PUT = "update series set changed = ?, changed_at = ? where id = ?";

    private static final String GET = """
            select series.changed, series.changed_at from namespace
            join series on series.namespace = namespace.id
            where namespace.name = ? and series.type = ? and series.subject = ?""";

    /** SQLite takes a bare column from the row that has the maximum. */
    private static final String GET_ANY = """
            select coalesce(max(series.changed), 0), series.changed_at from namespace
            join series on series.namespace = namespace.id
            where namespace.name = ? and series.type = ?""";

    /** Replaced and never emptied, so that an old reading cannot get into what replaced it. */
    private volatile Map<Place, UsageChange> known = new ConcurrentHashMap<>();

    private final Map<Followed, List<Consumer<EventType>>> followers = new ConcurrentHashMap<>();
    private final Map<Long, Written> written = new HashMap<>();
    private boolean forget;
    private final Readers readers;

    /** Looks there for what is not remembered. */
    public SqliteChanges(Readers readers) {
        this.readers = readers;
    }

    @Override
    public UsageChange last(Namespace namespace, SubjectKey subject, Set<EventType> types) {
        UsageChange last = UsageChange.NONE;
        for (EventType type : types) {
            last = last.or(last(new Place(namespace, type, subject)));
        }
        return last;
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
        return () -> followers.computeIfPresent(followed, (key, those) -> {
            those.remove(changed);
            return those.isEmpty() ? null : those;
        });
    }

    /** The last change of what the query is about, in the state of the file that is being read. */
    public static UsageChange last(Session session, UsageQuery query) throws SQLException {
        Namespace namespace = query.meter().namespace();
        EventType type = query.meter().eventType();
        return switch (query.subjects()) {
            case Subjects.Together _ -> readAny(session, namespace, type);
            case Subjects.Each _ -> readAny(session, namespace, type);
            case Subjects.Only(Set<SubjectKey> keys) -> {
                UsageChange last = UsageChange.NONE;
                for (SubjectKey key : keys) {
                    last = last.or(read(session, new Place(namespace, type, key)));
                }
                yield last;
            }
        };
    }

    /** The events of a transaction, in the order of their numbers. */
    void add(Namespace namespace, NewEvent event, long storedMicros) {
        written.put(event.series(), new Written(namespace, event, storedMicros));
    }

    /** Series have been taken away: nothing that is remembered holds once this is committed. */
    void forgetAll() {
        forget = true;
    }

    /** Stores what was added. */
    void store(Session session) throws SQLException {
        PreparedStatement put = session.prepare(PUT);
        for (Map.Entry<Long, Written> each : written.entrySet()) {
            put.setLong(1, each.getValue().last().id());
            put.setLong(2, each.getValue().stored());
            put.setLong(3, each.getKey());
            put.executeUpdate();
        }
    }

    @Override
    public void load(Session session) {
        known = new ConcurrentHashMap<>();
        written.clear();
        forget = false;
    }

    @Override
    public void committed() {
        if (forget || known.size() > MOST) {
            forget = false;
            known = new ConcurrentHashMap<>();
        }
        Map<Place, UsageChange> now = known;
        written.values().forEach(each -> now.merge(each.place(), each.change(), UsageChange::or));
        written.values().forEach(each -> tell(each.place()));
        written.clear();
    }

    @Override
    public void undone() {
        forget = false;
        written.clear();
    }

    private void tell(Place place) {
        followers
                .getOrDefault(new Followed(place.namespace(), place.subject()), List.of())
                .forEach(changed -> changed.accept(place.type()));
    }

    /** A commit may overtake the reading; the later change of both is the right one. */
    private UsageChange last(Place place) {
        Map<Place, UsageChange> now = known;
        UsageChange found = now.get(place);
        return found == null
                ? now.merge(place, readers.read(s -> read(s, place)), UsageChange::or)
                : found;
    }

    private static UsageChange read(Session session, Place place) throws SQLException {
        PreparedStatement statement = session.prepare(GET);
        statement.setString(1, place.namespace().name());
        statement.setString(2, place.type().value());
        statement.setString(3, place.subject().value());
        return change(statement);
    }

    private static UsageChange readAny(Session session, Namespace namespace, EventType type)
            throws SQLException {
        PreparedStatement statement = session.prepare(GET_ANY);
        statement.setString(1, namespace.name());
        statement.setString(2, type.value());
        return change(statement);
    }

    private static UsageChange change(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() && row.getLong(1) > 0
                    ? new UsageChange(row.getLong(1), Optional.of(Micros.instant(row.getLong(2))))
                    : UsageChange.NONE;
        }
    }
}
