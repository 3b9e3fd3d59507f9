package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Path;
import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.ReadAudit;
import io.meterport.application.access.Scope;
import io.meterport.application.spi.AuditEntry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Who made and revoked what, for the holders of admin keys. */
final class AuditRoutes {
    private final ReadAudit audit;

    AuditRoutes(ReadAudit audit) {
        this.audit = audit;
    }

    List<Path> paths(Keys keys) {
        return List.of(Path.of("/api/v1/audit").get(keys.with(Scope.ADMIN, this::list)));
    }

    private Answer list(Exchange exchange, ApiKey key) {
        Params params = new Params(exchange.query());
        int most = ReadAudit.MOST_ENTRIES;
        int limit = params.number("limit", 1, most, most);
        Optional<String> cursor = params.single("cursor");
        OptionalLong before =
                cursor.isPresent() ? OptionalLong.of(number(cursor.get())) : OptionalLong.empty();
        // One more than asked for tells whether there is another page.
        List<AuditEntry> found = audit.page(key.namespace(), before, limit + 1);
        List<AuditEntry> page = found.subList(0, Math.min(limit, found.size()));
        return Answers.one(page, (entries, json) -> {
            json.beginObject().name("items").beginArray();
            entries.forEach(entry -> write(entry, json));
            json.endArray();
            if (found.size() > limit) {
                json.name("nextCursor").value(Long.toString(page.getLast().number()));
            }
            json.endObject();
        });
    }

    private static long number(String cursor) {
        boolean digits = !cursor.isEmpty()
                && cursor.length() < 19
                && cursor.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw Faults.of("invalid-cursor", "cursor is not one that this server gave out.");
        }
        return Long.parseLong(cursor);
    }

    private static void write(AuditEntry entry, JsonWriter json) {
        json.beginObject();
        json.name("id").value(Long.toString(entry.number()));
        json.name("at").value(Rfc3339.utc(entry.at()));
        json.name("actor").value(entry.actor());
        json.name("action").value(entry.action().text());
        json.name("target").value(entry.target());
        json.endObject();
    }
}
