package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Rollups;
import io.meterport.adapters.postgres.rollup.Target;
import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.StaleCatalog;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.problem.ProblemException;
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
    private static final String ADD_KEYS = """
            insert into event_key (key) select * from unnest(?::uuid[])
            on conflict do nothing returning key""";

    private final Transactions transactions;
    private final LiveBuilds builds;
    private final Dictionaries dictionaries;
    private final Combinations combinations;
    private final PostgresChanges changes;
    private final InstantSource time;

    EventWriter(
            Transactions transactions,
            LiveBuilds builds,
            Dictionaries dictionaries,
            Combinations combinations,
            PostgresChanges changes,
            InstantSource time) {
        this.transactions = transactions;
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
            Map<NewBatch, Integer> stored,
            long change,
            Set<SeriesKey> changed) {}

    private Outcome store(Handle handle, List<NewBatch> batches) throws SQLException {
        long version = CatalogLock.share(handle);
        Upkeep upkeep = Upkeep.read(handle);
        Map<NewBatch, RuntimeException> refusals = new LinkedHashMap<>();
        Map<UUID, NewEvent> found = new LinkedHashMap<>();
        for (NewBatch batch : batches) {
            Optional<RuntimeException> refusal = refusal(batch, version, upkeep);
            refusal.ifPresent(why -> refusals.put(batch, why));
            if (refusal.isEmpty()) {
                for (int i = 0; i < batch.size(); i++) {
                    found.putIfAbsent(
                            batch.keys().get(i),
                            new NewEvent(batch, batch.batch().events().get(i)));
                }
            }
        }
        found.keySet().retainAll(added(handle.getConnection(), found.keySet()));
        Map<NewBatch, Integer> stored = new LinkedHashMap<>();
        found.values().forEach(event -> stored.merge(event.of(), 1, Integer::sum));
        return store(handle, version, upkeep, refusals, stored, List.copyOf(found.values()));
    }

    private Outcome store(
            Handle handle,
            long version,
            Upkeep upkeep,
            Map<NewBatch, RuntimeException> refusals,
            Map<NewBatch, Integer> stored,
            List<NewEvent> events)
            throws SQLException {
        Connection connection = handle.getConnection();
        Dictionaries.Numbers numbers = dictionaries.at(upkeep.epoch());
        Combinations.Numbers groups = combinations.numbers();
        Set<SeriesKey> changed = new HashSet<>();
        long change = 0;
        if (!events.isEmpty()) {
            Instant now = time.instant();
            Contributing contributing =
                    new Contributing(connection, builds.at(handle, version), numbers, groups);
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
        return new Outcome(numbers, groups, refusals, stored, change, changed);
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
