package io.meterport.adapters.postgres.event;

import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.MeteredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A batch in line, with the keys of its events. Each is itself and equals no other. */
final class NewBatch {
    private final EventBatch batch;
    private final List<UUID> keys;
    private final CompletableFuture<Integer> answer = new CompletableFuture<>();

    private NewBatch(EventBatch batch, List<UUID> keys) {
        this.batch = batch;
        this.keys = List.copyOf(keys);
    }

    static NewBatch of(EventBatch batch, KeySalt salt) {
        List<UUID> keys = new ArrayList<>(batch.events().size());
        KeySalt.Hashing hashing = salt.hashing();
        for (MeteredEvent metered : batch.events()) {
            keys.add(hashing.of(batch.namespace(), metered.event().key()));
        }
        return new NewBatch(batch, keys);
    }

    EventBatch batch() {
        return batch;
    }

    /** One for each event, in the same order. */
    List<UUID> keys() {
        return keys;
    }

    /** How many of the events were new, or why they were refused. */
    CompletableFuture<Integer> answer() {
        return answer;
    }

    int size() {
        return keys.size();
    }
}
