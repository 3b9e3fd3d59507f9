package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.AuditAction;
import io.meterport.application.spi.AuditEntry;
import io.meterport.application.spi.AuditLog;
import io.meterport.domain.subject.Namespace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The audit in PostgreSQL. */
public final class PostgresAudit implements AuditLog {
    private static final String ALL_NAMESPACES = "";

    private final Transactions transactions;

    public PostgresAudit(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Writes an entry in the transaction of what it tells of. */
    static void add(
            Handle handle,
            String namespace,
            Instant at,
            String actor,
            AuditAction action,
            String target) {
        handle.createUpdate("""
                        insert into audit (namespace, at, actor, action, target)
                        values (:namespace, :at, :actor, :action, :target)""")
                .bind("namespace", namespace)
                .bind("at", Micros.of(at))
                .bind("actor", actor)
                .bind("action", action.text())
                .bind("target", target)
                .execute();
    }

    @Override
    public List<AuditEntry> list(Namespace namespace, OptionalLong before, int limit) {
        return transactions.readOnce(handle -> handle.createQuery("""
                        select number, at, actor, action, target from audit
                        where namespace in (:namespace, :all) and number < :before
                        order by number desc limit :limit""")
                .bind("namespace", namespace.name())
                .bind("all", ALL_NAMESPACES)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                Micros.instant(row.getLong("at")),
                row.getString("actor"),
                action(row.getString("action")),
                row.getString("target"));
    }

    private static AuditAction action(String text) {
        return Arrays.stream(AuditAction.values())
                .filter(action -> action.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such audited action"));
    }
}
