package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Rollups;
import io.meterport.adapters.postgres.rollup.Target;
import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.CombinationCap;
import io.meterport.application.spi.Conflicts;
import io.meterport.application.spi.StaleCatalog;
import io.meterport.application.spi.SubjectCap;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Stores batches in one transaction: keys, events, what they come to, and when series changed, in this
 * order. Whatever many transactions write at a time is written in one order by all, so that none waits
 * for another that waits for it. Thread-safe.
 */
final class EventWriter {
    private static final Logger LOGGER = System.getLogger(EventWriter.class.getPackageName());
    private static final String ADD_KEYS = """
            insert into event_key (key) select * from unnest(?::uuid[])
            on conflict do nothing returning key""";

    private static final String REMOVE_KEYS = "delete from event_key where key = any(?::uuid[])";

    private final Transactions transactions;
    private final CombinationCap cap;
    private final SubjectCap subjects;
    private final LiveBuilds builds;
    private final Dictionaries dictionaries;
    private final Combinations combinations;
    private final PostgresChanges changes;
    private final InstantSource time;
    private final Conflicts conflicts = new Conflicts(text -> LOGGER.log(Level.WARNING, text));

    EventWriter(
            Transactions transactions,
            CombinationCap cap,
            SubjectCap subjects,
            LiveBuilds builds,
            Dictionaries dictionaries,
            Combinations combinations,
            PostgresChanges changes,
            InstantSource time) {
        this.transactions = transactions;
        this.cap = cap;
        this.subjects = subjects;
        this.builds = builds;
        this.dictionaries = dictionaries;
        this.combinations = combinations;
        this.changes = changes;
        this.time = time;
    }

    /** Stores those that are neither stale nor too old, and answers each. */
    void write(List<NewBatch> batches) {
        Outcome outcome = transactions.write(handle -> store(handle, batches));
        outcome.numbers().committed();
        outcome.combinations().committed();
        changes.committed(outcome.change(), outcome.changed());
        compare(batches, outcome);
        for (NewBatch batch : batches) {
            RuntimeException refusal = outcome.refusals().get(batch);
            if (refusal == null) {
                batch.answer().complete(outcome.stored().getOrDefault(batch, 0));
            } else {
                batch.answer().completeExceptionally(refusal);
            }
        }
    }

    /** What came of a transaction, to be made known once it is committed. */
    private record Outcome(
            Dictionaries.Numbers numbers,
            Combinations.Numbers combinations,
            Map<NewBatch, RuntimeException> refusals,
            Set<NewEvent> events,
            Map<NewBatch, Integer> stored,
            long change,
            Set<SeriesKey> changed) {}

    private Outcome store(Handle handle, List<NewBatch> batches) throws SQLException {
        long version = CatalogLock.share(handle);
        Upkeep upkeep = Upkeep.read(handle);
        Map<NewBatch, RuntimeException> refusals = new LinkedHashMap<>();
        for (NewBatch batch : batches) {
            refusal(batch, version, upkeep).ifPresent(why -> refusals.put(batch, why));
        }
        Connection connection = handle.getConnection();
        Dictionaries.Numbers numbers = dictionaries.at(upkeep.epoch());
        Combinations.Numbers groups = combinations.numbers();
        Contributing contributing =
                new Contributing(connection, builds.at(handle, version), numbers, groups);
        List<NewEvent> events = fresh(connection, contributing, batches, refusals);
        Map<NewBatch, Integer> stored = new LinkedHashMap<>();
        events.forEach(event -> stored.merge(event.of(), 1, Integer::sum));
        Set<SeriesKey> changed = new HashSet<>();
        long change = 0;
        if (!events.isEmpty()) {
            Instant now = time.instant();
            contributing.require(events);
            EventRows.insert(connection, numbers, events, Micros.of(now));
            Rollups rollups = new Rollups();
            for (NewEvent event : events) {
                contributing.add(event, rollups);
                changed.add(event.series());
            }
            rollups.write(connection);
            change = changes.store(connection, numbers, changed, later(now, events));
        }
        return new Outcome(numbers, groups, refusals, Set.copyOf(events), stored, change, changed);
    }

    /** What is new is remembered first: of equal keys any may have been the one that was stored. */
    private void compare(List<NewBatch> batches, Outcome outcome) {
        for (NewEvent event : outcome.events()) {
            event.of().compare(event.index(), true, conflicts);
        }
        for (NewBatch batch : batches) {
            for (int i = 0; i < batch.size() && !outcome.refusals().containsKey(batch); i++) {
                if (!outcome.events().contains(new NewEvent(batch, i))) {
                    batch.compare(i, false, conflicts);
                }
            }
        }
    }

    /** How many events came again with other contents. */
    long conflicts() {
        return conflicts.count();
    }

    /**
     * The events that are new and not refused; their keys are stored. An event of a refused batch may
     * have come with another as well, so all is tried anew without those that are refused.
     */
    private List<NewEvent> fresh(
            Connection connection,
            Contributing contributing,
            List<NewBatch> batches,
            Map<NewBatch, RuntimeException> refusals)
            throws SQLException {
        while (true) {
            Map<UUID, NewEvent> found = new LinkedHashMap<>();
            for (NewBatch batch : batches) {
                for (int i = 0; i < batch.size() && !refusals.containsKey(batch); i++) {
                    found.putIfAbsent(batch.keys().get(i), new NewEvent(batch, i));
                }
            }
            found.keySet().retainAll(added(connection, found.keySet()));
            List<NewEvent> events = List.copyOf(found.values());
            Map<NewBatch, ProblemException> tooMany = contributing.refusals(subjects, events);
            if (tooMany.isEmpty()) {
                tooMany = contributing.refusals(cap, events);
            }
            if (tooMany.isEmpty()) {
                return events;
            }
            remove(connection, found.keySet());
            refusals.putAll(tooMany);
        }
    }

    private static void remove(Connection connection, Set<UUID> keys) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(REMOVE_KEYS)) {
            new Arrays(connection, delete).uuids(1, keys.toArray(UUID[]::new));
            delete.executeUpdate();
        }
    }

    private static Optional<RuntimeException> refusal(NewBatch batch, long version, Upkeep upkeep) {
        if (batch.batch().catalogVersion() != version) {
            return Optional.of(new StaleCatalog());
        }
        Optional<ProblemException> tooOld = batch.batch().refusal(upkeep.horizon());
        return tooOld.map(why -> why);
    }

    /** Those of the keys that are new; they are waited for where others are storing them. */
    private static Set<UUID> added(Connection connection, Set<UUID> keys) throws SQLException {
        if (keys.isEmpty()) {
            return Set.of();
        }
        Set<UUID> added = new HashSet<>();
        try (PreparedStatement insert = connection.prepareStatement(ADD_KEYS)) {
            new Arrays(connection, insert).uuids(1, keys.stream().sorted().toArray(UUID[]::new));
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    added.add(row.getObject(1, UUID.class));
                }
            }
        }
        return added;
    }

    private static long later(Instant now, List<NewEvent> events) {
        long latest = Micros.of(now);
        for (NewEvent event : events) {
            latest = Math.max(latest, event.ingested());
        }
        return latest;
    }

    /** The targets of the live meters. */
    Map<MeterId, Target> targets(Handle handle, long version) {
        return builds.at(handle, version);
    }
}
