package io.meterport.adapters.postgres.event;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.application.spi.Conflicts;
import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.MeteredEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A batch in line, with the keys of its events. Each is itself and equals no other. */
final class NewBatch {
    private final EventBatch batch;
    private final List<UUID> keys;
    private final List<Optional<String>> data;
    private final int[] contents;
    private final CompletableFuture<Integer> answer = new CompletableFuture<>();

    private NewBatch(EventBatch batch, List<UUID> keys) {
        this.batch = batch;
        this.keys = List.copyOf(keys);
        this.data = batch.events().stream()
                .map(metered -> metered.event().data().map(JsonPrinter::text))
                .toList();
        this.contents = new int[keys.size()];
        for (int i = 0; i < contents.length; i++) {
            String text = data.get(i).orElse("");
            contents[i] = Conflicts.contents(
                    batch.events().get(i), text.getBytes(StandardCharsets.UTF_8));
        }
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

    /** The data of the event in that place as it is stored, if it has any. */
    Optional<String> data(int index) {
        return data.get(index);
    }

    /** Remembers what was stored of it, or looks whether it is the same that was stored before. */
    void compare(int index, boolean isNew, Conflicts conflicts) {
        UUID key = keys.get(index);
        long high = key.getMostSignificantBits();
        long low = key.getLeastSignificantBits();
        if (isNew) {
            conflicts.stored(high, low, contents[index]);
        } else {
            conflicts.again(high, low, contents[index]);
        }
    }

    /** How many of the events were new, or why they were refused. */
    CompletableFuture<Integer> answer() {
        return answer;
    }

    int size() {
        return keys.size();
    }
}
