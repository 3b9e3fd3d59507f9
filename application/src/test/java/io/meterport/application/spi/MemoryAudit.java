package io.meterport.application.spi;

import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The audit in a list. */
final class MemoryAudit implements AuditLog {
    private record Written(Optional<Namespace> namespace, AuditEntry entry) {}

    private final List<Written> entries = new ArrayList<>();

    /** Adds an entry; no namespace means all of them. */
    synchronized void add(
            Optional<Namespace> namespace,
            Instant at,
            String actor,
            AuditAction action,
            String target) {
        entries.add(new Written(
                namespace, new AuditEntry(entries.size() + 1L, at, actor, action, target)));
    }

    @Override
    public synchronized List<AuditEntry> list(Namespace namespace, OptionalLong before, int limit) {
        return entries.reversed().stream()
                .filter(each -> each.namespace().map(namespace::equals).orElse(true))
                .map(Written::entry)
                .filter(entry -> before.isEmpty() || entry.number() < before.getAsLong())
                .limit(limit)
                .toList();
    }
}
