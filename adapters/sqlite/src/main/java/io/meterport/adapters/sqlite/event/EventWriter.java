package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.catalog.LiveMeters;
import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.key.KnownKeys;
import io.meterport.adapters.sqlite.rollup.BuildTarget;
import io.meterport.adapters.sqlite.rollup.Contributions;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.RecentMemory;
import io.meterport.application.spi.CombinationCap;
import io.meterport.application.spi.SubjectCap;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.subject.Namespace;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes the new ones among the events of some batches: the events, the two ways to find them, and
 * what they contribute. Only the writer's thread uses it.
 */
public final class EventWriter {
    private static final String EVENT = """
            insert into event (id, series, time, source, name, data, ingested, stored, sum)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final Comparator<NewEvent> BY_TIME = Comparator.comparingLong(NewEvent::series)
            .thenComparingLong(NewEvent::micros)
            .thenComparingLong(NewEvent::id);

    private final LiveMeters meters;
    private final Dictionaries dictionaries;
    private final KnownKeys keys;
    private final EventIds ids = new EventIds();
    private final EventSum sum = new EventSum();
    private final SeenHours hours = new SeenHours();
    private final SqliteChanges changes;
    private final InstantSource time;
    private final RecentHours recent;
    private final StoredHorizon horizon;
    private final CombinationGate combinations;
    private final SubjectGate subjects;
    private final EventRuns runs;
    private final RecentMemory memory = new RecentMemory();

    public EventWriter(
            LiveMeters meters,
            Dictionaries dictionaries,
            KnownKeys keys,
            SqliteChanges changes,
            RecentHours recent,
            StoredHorizon horizon,
            CombinationCap combinationCap,
            SubjectCap subjectCap,
            EventRuns runs,
            InstantSource time) {
        this.meters = meters;
        this.dictionaries = dictionaries;
        this.keys = keys;
        this.changes = changes;
        this.recent = recent;
        this.horizon = horizon;
        this.runs = runs;
        this.time = time;
        this.combinations = new CombinationGate(combinationCap, dictionaries, meters, keys);
        this.subjects = new SubjectGate(subjectCap, dictionaries, keys);
    }

    /** What has to follow the writer's transactions. */
    public List<Kept> kept() {
        return List.of(ids, hours, changes, horizon, combinations, subjects, runs, memory);
    }

    /** Writes the batches that know today's meters, and refuses the others. */
    void write(Session session, List<NewBatch> batches) throws SQLException {
        List<NewBatch> fresh = new ArrayList<>(batches.size());
        List<NewEvent> events = new ArrayList<>();
        combinations.begin();
        subjects.begin();
        for (NewBatch batch : batches) {
            batch.refuse(batch.obstacle(meters.version(), horizon.get()));
            if (!batch.isRefused()) {
                batch.refuse(subjects.refusal(session, batch).map(refusal -> refusal));
            }
            if (!batch.isRefused()) {
                batch.refuse(combinations.refusal(session, batch).map(refusal -> refusal));
            }
            if (!batch.isRefused()) {
                subjects.take(batch.namespace());
                fresh.add(batch);
                events.addAll(batch.events());
            }
        }
        for (NewEvent event : events) {
            event.found(keys.add(session, event.key()));
        }
        keys.write(session);
        Contributions contributions = contributions();
        for (NewBatch batch : fresh) {
            store(session, batch, contributions);
        }
        index(session, events);
        contributions.write(session);
        changes.store(session);
    }

    /** A place for contributions. */
    Contributions contributions() {
        return new Contributions(recent.now(), memory);
    }

    /** Adds what one event contributes to some of the live meters. */
    void contribute(
            Session session,
            BuildTarget target,
            long series,
            long micros,
            Contribution gives,
            Contributions to)
            throws SQLException {
        int combination = target.hasParts()
                ? combinations.number(session, target.number(), gives.group())
                : 0;
        to.add(target, series, micros, combination, gives.value());
    }

    long series(Session session, long number, Namespace namespace, Event event)
            throws SQLException {
        return subjects.series(
                session,
                namespace,
                new Dictionaries.SeriesKey(
                        number, event.type().value(), event.subject().value()));
    }

    long namespace(Session session, String name) throws SQLException {
        return dictionaries.namespace(session, name);
    }

    private void store(Session session, NewBatch batch, Contributions contributions)
            throws SQLException {
        long namespace = namespace(session, batch.namespace().name());
        long stored = Math.max(Micros.of(time.instant()), batch.ingested());
        PreparedStatement insert = session.prepare(EVENT);
        for (NewEvent each : batch.events()) {
            if (!each.isNew()) {
                continue;
            }
            long series = series(session, namespace, batch.namespace(), each.event());
            long source = dictionaries.source(session, each.event().key().source());
            each.place(ids.next(), series);
            insert.setLong(1, each.id());
            insert.setLong(2, series);
            insert.setLong(3, each.micros());
            insert.setLong(4, source);
            insert.setString(5, each.event().key().id());
            insert.setBytes(6, each.data());
            insert.setLong(7, batch.ingested());
            insert.setLong(8, stored);
            insert.setInt(
                    9,
                    sum.row(each.id(), series, source, batch.ingested(), stored, each.content())
                            .value());
            insert.executeUpdate();
            changes.add(batch.namespace(), each, stored);
            hours.add(session, namespace, Level.HOURS.bucket(each.micros()), series);
            for (Contribution gives : each.metered().contributions()) {
                Optional<BuildTarget> target = meters.target(gives.meter());
                if (target.isPresent()) {
                    contribute(session, target.get(), series, each.micros(), gives, contributions);
                }
            }
        }
    }

    private void index(Session session, List<NewEvent> events) throws SQLException {
        List<NewEvent> sorted = new ArrayList<>(events);
        sorted.removeIf(event -> !event.isNew());
        sorted.sort(BY_TIME);
        runs.add(session, sorted);
    }
}
