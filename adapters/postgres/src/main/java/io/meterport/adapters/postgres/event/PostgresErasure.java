package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.Erasure;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Erases subjects in small transactions. The first takes the subject's series out of their namespace,
 * which hides all of it at once and lets events that come from then on begin new ones; what is left is
 * taken out of the rollups and deleted afterwards, however often that is interrupted.
 */
final class PostgresErasure implements Erasure {
    private final Transactions transactions;

    PostgresErasure(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long erase(Namespace namespace, SubjectKey subject) {
        // Some of them may be deleted by another node, or by this one's chores, and those of other
        // subjects by us.
        long there = transactions.readAtLength(handle -> count(handle, namespace, subject));
        Set<Long> series = transactions.write(handle -> begin(handle, namespace, subject));
        long deleted = 0;
        PendingErasures.Step step = transactions.write(PendingErasures::next);
        while (step.more()) {
            deleted += series.contains(step.series()) ? step.deleted() : 0;
            step = transactions.write(PendingErasures::next);
        }
        return Math.max(there, deleted);
    }

    private static long count(Handle handle, Namespace namespace, SubjectKey subject) {
        return handle.createQuery("""
                        select count(*) from series
                        join namespace on namespace.id = series.namespace
                        join event on event.series = series.id
                        where namespace.name = :namespace and series.subject = :subject""")
                .bind("namespace", namespace.name())
                .bind("subject", subject.value())
                .mapTo(long.class)
                .one();
    }

    private static Set<Long> begin(Handle handle, Namespace namespace, SubjectKey subject) {
        CatalogLock.take(handle);
        Map<Long, String> types = handle.createQuery("""
                        insert into erasure (series, namespace)
                        select series.id, series.namespace from series
                        join namespace on namespace.id = series.namespace
                        where namespace.name = :namespace and series.subject = :subject
                        returning series, (select type from series where id = erasure.series)""")
                .bind("namespace", namespace.name())
                .bind("subject", subject.value())
                .reduceRows(new LinkedHashMap<>(), (found, row) -> {
                    found.put(row.getColumn(1, Long.class), row.getColumn(2, String.class));
                    return found;
                });
        if (types.isEmpty()) {
            return Set.of();
        }
        handle.execute("""
                update series set namespace = - id
                where namespace > 0 and id in (select series from erasure)""");
        handle.execute("update upkeep set epoch = epoch + 1");
        handle.execute(
                "update namespace set subjects = subjects - 1 where name = ?", namespace.name());
        StoredBuilds builds = new StoredBuilds();
        for (LiveBuilds.Live live : LiveBuilds.all(handle)) {
            if (live.meter().namespace().equals(namespace)
                    && types.containsValue(live.meter().eventType().value())) {
                builds.restart(handle, live.meter());
            }
        }
        handle.execute("update catalog set version = version + 1");
        return Set.copyOf(types.keySet());
    }
}
