package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.key.KeySalt;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.application.spi.Conflicts;
import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.application.spi.StaleCatalog;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Horizon;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A batch on its way in, and whoever waits for it. */
final class NewBatch {
    private final EventBatch batch;
    private final Namespace namespace;
    private final long catalogVersion;
    private final long ingested;
    private final List<NewEvent> events;
    private final long earliest;
    private final CompletableFuture<Integer> answer = new CompletableFuture<>();
    private Optional<RuntimeException> refusal = Optional.empty();

    NewBatch(EventBatch batch, KeySalt salt) {
        this.batch = batch;
        this.namespace = batch.namespace();
        this.catalogVersion = batch.catalogVersion();
        this.ingested = Micros.of(batch.ingestedAt());
        this.events = new ArrayList<>(batch.events().size());
        long first = Long.MAX_VALUE;
        MessageDigest digest = ValueHash.sha256();
        for (MeteredEvent event : batch.events()) {
            events.add(new NewEvent(
                    event, KeyHash.of(digest, salt, namespace, event.event().key())));
            first = Math.min(first, events.getLast().micros());
        }
        this.earliest = first;
    }

    /** Why it cannot be stored, if it was made for other meters or an event of it is too old. */
    Optional<RuntimeException> obstacle(long version, Horizon horizon) {
        return catalogVersion != version ? Optional.of(new StaleCatalog()) : tooOld(horizon);
    }

    private Optional<RuntimeException> tooOld(Horizon horizon) {
        return earliest < Micros.of(horizon.moment())
                ? batch.refusal(horizon).map(refusal -> refusal)
                : Optional.empty();
    }

    Namespace namespace() {
        return namespace;
    }

    /** Why it is refused, if that event brings a combination of dimension values too many. */
    ProblemException tooMany(int index, long most) {
        return batch.tooManyCombinations(index, most);
    }

    /** Why it is refused, if that event brings a subject too many. */
    ProblemException tooManySubjects(int index, long most) {
        return batch.tooManySubjects(index, most);
    }

    /** When it was received. */
    long ingested() {
        return ingested;
    }

    List<NewEvent> events() {
        return events;
    }

    CompletableFuture<Integer> answer() {
        return answer;
    }

    /** It takes no part in the transaction, for that reason of its own; empty: it does. */
    void refuse(Optional<RuntimeException> why) {
        refusal = why;
    }

    boolean isRefused() {
        return refusal.isPresent();
    }

    /** Looks, once the transaction is durable, whether what came again is what was stored. */
    void compare(Conflicts conflicts) {
        if (!isRefused()) {
            events.forEach(event -> event.compare(conflicts));
        }
    }

    /** Answers: the transaction is durable. */
    void committed() {
        if (refusal.isPresent()) {
            answer.completeExceptionally(refusal.get());
        } else {
            answer.complete((int) events.stream().filter(NewEvent::isNew).count());
        }
    }
}
