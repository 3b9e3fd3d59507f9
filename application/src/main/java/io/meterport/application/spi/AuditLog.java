package io.meterport.application.spi;

import io.meterport.domain.subject.Namespace;
import java.util.List;
import java.util.OptionalLong;

/** Tells who made, changed and revoked what. Entries are only ever added, by the stores themselves. */
public interface AuditLog {
    /**
     * Entries of the namespace, and those that concern all namespaces; newest first.
     *
     * @param before only those with a smaller number
     */
    List<AuditEntry> list(Namespace namespace, OptionalLong before, int limit);
}
