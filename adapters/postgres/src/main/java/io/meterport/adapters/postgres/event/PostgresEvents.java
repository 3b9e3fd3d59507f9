package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.Chores;
import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.Erasure;
import io.meterport.application.spi.EventReader;
import io.meterport.application.spi.EventStorage;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.application.spi.Retention;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.Verification;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Events in PostgreSQL, and all that is counted from them. */
public final class PostgresEvents implements EventStorage {
    private static final Duration BETWEEN_CHORES = Duration.ofSeconds(2);
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(500);
    /** More than so many of one transaction never come near their time limit. */
    private static final int STATEMENTS = 4;

    private final GroupCommit commits;
    private final EventStore events;
    private final EventReader history;
    private final UsageReader usage;
    private final MeterBuilds builds;
    private final PostgresChanges changes;
    private final Retention retention;
    private final Erasure erasure;
    private final Verification verification;
    private final Chores chores;
    private final Polling polls;
    private boolean closed;

    /**
     * Keeps them by these transactions.
     *
     * @param usage counts them, by the combinations that are known here
     * @param verification counts them anew, by the salt of the keys that are kept here
     */
    public PostgresEvents(
            Transactions transactions,
            PostgresOptions options,
            InstantSource time,
            Function<Combinations, UsageReader> usage,
            Function<KeySalt, Verification> verification) {
        Dictionaries dictionaries = new Dictionaries(options.subjects());
        Combinations combinations = new Combinations(options.combinations());
        KeySalt salt = KeySalt.read(transactions);
        this.changes = new PostgresChanges(transactions);
        EventWriter writer = new EventWriter(
                transactions,
                options.combinations(),
                options.subjects(),
                new LiveBuilds(),
                dictionaries,
                combinations,
                changes,
                time);
        this.commits = new GroupCommit(writer::write);
        this.events = new Appending(
                commits,
                salt,
                new Months(transactions),
                writer::conflicts,
                options.writeTimeout().multipliedBy(STATEMENTS).plus(options.poolTimeout()));
        this.history = new PostgresHistory(transactions, options.rawBudget());
        this.usage = usage.apply(combinations);
        this.builds = new PostgresBuilds(transactions, dictionaries, combinations);
        this.retention = new PostgresRetention(transactions);
        this.erasure = new PostgresErasure(transactions);
        this.verification = verification.apply(salt);
        this.chores = new Chores(
                transactions,
                List.of(new PendingErasures(), new BuildSweep(), new OldEvents()),
                BETWEEN_CHORES);
        this.polls = new Polling(changes::poll, BETWEEN_POLLS);
    }

    @Override
    public EventStore events() {
        return events;
    }

    @Override
    public EventReader history() {
        return history;
    }

    @Override
    public UsageReader usage() {
        return usage;
    }

    @Override
    public MeterBuilds builds() {
        return builds;
    }

    /** Those that this node knows of: what others store is known half a second later. */
    @Override
    public PostgresChanges changes() {
        return changes;
    }

    @Override
    public Retention retention() {
        return retention;
    }

    @Override
    public Erasure erasure() {
        return erasure;
    }

    @Override
    public Verification verification() {
        return verification;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        commits.close();
        polls.close();
        chores.close();
    }
}
