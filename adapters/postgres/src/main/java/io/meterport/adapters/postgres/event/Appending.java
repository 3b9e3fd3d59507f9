package io.meterport.adapters.postgres.event;

import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.Pulse;
import io.meterport.application.spi.StaleCatalog;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/** Takes events in: waits until they are stored together with those of others. */
final class Appending implements EventStore {
    private final GroupCommit commits;
    private final KeySalt salt;
    private final Months months;
    private final LongSupplier conflicts;
    private final Duration longest;

    /**
     * @param longest how long a transaction may take by its own limits
     */
    Appending(
            GroupCommit commits,
            KeySalt salt,
            Months months,
            LongSupplier conflicts,
            Duration longest) {
        this.commits = commits;
        this.salt = salt;
        this.months = months;
        this.conflicts = conflicts;
        this.longest = longest;
    }

    @Override
    public int append(EventBatch batch) {
        months.require(batch.events());
        NewBatch added = NewBatch.of(batch, salt);
        commits.add(added);
        try {
            return added.answer().join();
        } catch (CompletionException e) {
            throw ours(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    @Override
    public int waiting() {
        return commits.waitingEvents();
    }

    @Override
    public long conflicts() {
        return conflicts.getAsLong();
    }

    @Override
    public Pulse pulse() {
        return new Pulse(commits.beats(), Optional.of(longest));
    }

    /** With the trace of the caller, whose batch it was; others may have got the same. */
    private static RuntimeException ours(Throwable thrown) {
        return switch (thrown) {
            case StaleCatalog _ -> new StaleCatalog();
            case ProblemException problem -> new ProblemException(problem.problem(), problem);
            case RuntimeException other -> other;
            default -> new IllegalStateException(thrown);
        };
    }
}
