package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Writer;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;

/** When keys and tokens were last used. */
final class Uses {
    private Uses() {}

    /**
     * Remembers them, all in one transaction and in turn: nothing waits for this.
     *
     * @param update has the parameters at and id
     */
    static <K> void put(Writer writer, String update, Map<K, Instant> byId) {
        writer.inTurn(session -> {
            PreparedBatch batch = session.handle().prepareBatch(update);
            byId.forEach((id, at) ->
                    batch.bind("id", id.toString()).bind("at", Micros.of(at)).add());
            return batch.execute();
        });
    }
}
