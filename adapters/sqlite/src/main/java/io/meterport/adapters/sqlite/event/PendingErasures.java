package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.catalog.BuildRow;
import io.meterport.adapters.sqlite.catalog.LiveMeters;
import io.meterport.adapters.sqlite.file.Chore;
import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.BuildTarget;
import io.meterport.adapters.sqlite.rollup.SeriesDay;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Erases subjects in small steps. The first transaction takes the subject's series out of their
 * namespace, which hides all of it at once and lets events that come from then on begin new ones;
 * what is left is taken out of the pages and deleted afterwards, however often that is interrupted.
 * Only the writer's thread uses it.
 */
public final class PendingErasures implements Chore {
    private static final String FIND = """
            select series.id, series.type, namespace.id, namespace.name from erasure
            join series on series.id = erasure.series
            join namespace on namespace.id = erasure.namespace
            order by series.id limit 1""";
    private static final String OTHERS = "select id from series where namespace = ? and type = ?";
    private static final String FIRST_HOUR = "select min(hour) from event_hour where series = ?";

    private record Pending(long series, EventType type, long namespaceId, Namespace namespace) {}

    private final LiveMeters meters;
    private final Dictionaries dictionaries;
    private final SqliteChanges changes;
    private final ErasedEvents erased = new ErasedEvents();

    public PendingErasures(LiveMeters meters, Dictionaries dictionaries, SqliteChanges changes) {
        this.meters = meters;
        this.dictionaries = dictionaries;
        this.changes = changes;
    }

    /** What it keeps in memory. */
    public Kept kept() {
        return erased;
    }

    /** Hides the subject, and puts what it left in line; returns its series. */
    List<Long> begin(Session session, Namespace namespace, String subject) throws SQLException {
        Handle handle = session.handle();
        Map<Long, String> types = handle.createQuery("""
                        insert into erasure (series, namespace)
                        select series.id, series.namespace from series
                        join namespace on namespace.id = series.namespace
                        where namespace.name = :namespace and series.subject = :subject
                        returning series, (select type from series where id = erasure.series)""")
                .bind("namespace", namespace.name())
                .bind("subject", subject)
                .reduceRows(new LinkedHashMap<>(), (found, row) -> {
                    found.put(row.getColumn(1, Long.class), row.getColumn(2, String.class));
                    return found;
                });
        handle.execute("""
                update series set namespace = 0, subject = cast(id as text)
                where namespace <> 0 and id in (select series from erasure)""");
        OptionalLong number = dictionaries.find(session, namespace.name());
        for (String type : types.values()) {
            number.ifPresent(
                    id -> dictionaries.forget(new Dictionaries.SeriesKey(id, type, subject)));
            restartBuilds(handle, namespace, new EventType(type));
        }
        changes.forgetAll();
        if (!types.isEmpty()) {
            StoredSubjects.remove(session, namespace.name());
            meters.change(handle);
        }
        erased.count(types.keySet());
        return List.copyOf(types.keySet());
    }

    /** How many events of series that were begun with have been deleted; they are forgotten. */
    long deleted(List<Long> series) {
        return erased.take(series);
    }

    /** Does a little, and returns whether there is more to do. */
    @Override
    public boolean step(Session session) throws SQLException {
        Optional<Pending> pending = find(session);
        if (pending.isEmpty()) {
            return false;
        }
        EventRemoval removal = new EventRemoval(session);
        boolean more = true;
        while (more && removal.hasTime()) {
            more = !isFinished(session, pending.get(), removal);
        }
        removal.finish();
        if (!more) {
            long series = pending.get().series();
            session.handle().execute("delete from series where id = ?", series);
            session.handle().execute("delete from erasure where series = ?", series);
        }
        erased.add(pending.get().series(), removal.deleted());
        return true;
    }

    /** Does the next thing; true if there was none. */
    private boolean isFinished(Session session, Pending pending, EventRemoval removal)
            throws SQLException {
        if (leavesADay(session, pending)) {
            return false;
        }
        EventRuns.settle(session, pending.series());
        OptionalLong first = firstHour(session, pending.series());
        if (first.isPresent()) {
            removal.delete(pending.namespaceId(), pending.series(), first.getAsLong());
        }
        return first.isEmpty();
    }

    private boolean leavesADay(Session session, Pending pending) throws SQLException {
        for (Meter meter : meters.catalog(pending.namespace()).counting(pending.type())) {
            Optional<BuildTarget> target = meters.target(meter.id());
            if (target.isPresent()) {
                SeriesDay days = new SeriesDay(session, target.get());
                OptionalLong day = days.next(pending.series());
                if (day.isPresent()) {
                    days.remove(pending.series(), day.getAsLong(), others(session, pending));
                    return true;
                }
            }
        }
        return false;
    }

    /** A build that has not come to its end may have events at hand that are gone now. */
    private void restartBuilds(Handle handle, Namespace namespace, EventType type) {
        for (Meter meter : meters.catalog(namespace).counting(type)) {
            boolean isUnderWay = handle.createQuery("""
                            select exists (select 1 from build
                                where meter = :meter and current = 1 and position < last)""")
                    .bind("meter", meter.id().value())
                    .mapTo(boolean.class)
                    .one();
            if (isUnderWay) {
                BuildRow.replace(handle, meter.id());
                BuildRow.begin(handle, meter);
            }
        }
    }

    private static Optional<Pending> find(Session session) throws SQLException {
        try (ResultSet row = session.prepare(FIND).executeQuery()) {
            return row.next()
                    ? Optional.of(new Pending(
                            row.getLong(1),
                            new EventType(row.getString(2)),
                            row.getLong(3),
                            new Namespace(row.getString(4))))
                    : Optional.empty();
        }
    }

    private static List<Long> others(Session session, Pending pending) throws SQLException {
        PreparedStatement statement = session.prepare(OTHERS);
        statement.setLong(1, pending.namespaceId());
        statement.setString(2, pending.type().value());
        List<Long> others = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                others.add(row.getLong(1));
            }
        }
        return others;
    }

    private static OptionalLong firstHour(Session session, long series) throws SQLException {
        PreparedStatement statement = session.prepare(FIRST_HOUR);
        statement.setLong(1, series);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long hour = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(hour);
        }
    }
}
