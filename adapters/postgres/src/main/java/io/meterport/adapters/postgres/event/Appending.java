package io.meterport.adapters.postgres.event;

import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.StaleCatalog;
import io.meterport.domain.problem.ProblemException;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** Takes events in: waits until they are stored together with those of others. */
final class Appending implements EventStore {
    private final GroupCommit commits;
    private final KeySalt salt;
    private final Months months;

    Appending(GroupCommit commits, KeySalt salt, Months months) {
        this.commits = commits;
        this.salt = salt;
        this.months = months;
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
