package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/** When keys and tokens were last used. */
final class Uses {
    private Uses() {}

    /**
     * Remembers them, all in one transaction and in the order of their ids, so that nodes that do the
     * same wait for each other and not in a circle.
     *
     * @param update has the parameters at and id
     */
    static <K> void put(Transactions transactions, String update, Map<K, Instant> byId) {
        transactions.write(handle -> {
            PreparedBatch batch = handle.prepareBatch(update);
            Map<String, Instant> inOrder = new TreeMap<>();
            byId.forEach((id, at) -> inOrder.put(id.toString(), at));
            inOrder.forEach(
                    (id, at) -> batch.bind("id", id).bind("at", Micros.of(at)).add());
            return batch.execute();
        });
    }
}
