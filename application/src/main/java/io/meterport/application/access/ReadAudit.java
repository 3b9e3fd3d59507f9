package io.meterport.application.access;

import io.meterport.application.spi.AuditEntry;
import io.meterport.application.spi.AuditLog;
import io.meterport.domain.subject.Namespace;
import java.util.List;
import java.util.OptionalLong;

/** Tells admins who made and revoked what. Thread-safe. */
public final class ReadAudit {
    /** The most entries of one list. */
    public static final int MOST_ENTRIES = 100;

    private final AuditLog audit;

    public ReadAudit(AuditLog audit) {
        this.audit = audit;
    }

    /** Entries of the namespace, newest first; only those before that number, if there is one. */
    public List<AuditEntry> page(Namespace namespace, OptionalLong before, int limit) {
        return audit.list(namespace, before, limit);
    }
}
