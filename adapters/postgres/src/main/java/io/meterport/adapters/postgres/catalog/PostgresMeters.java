package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.json.stored.MeterText;
import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.AuditAction;
import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.MeterStore;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Meters in PostgreSQL. */
public final class PostgresMeters implements MeterStore {
    private static final String ONE =
            "select " + MeterRow.COLUMNS + " from meter where id = :id and namespace = :namespace";

    private static final String ALL = "select " + MeterRow.COLUMNS + """
            from meter where namespace = :namespace and (:deleted or deleted_at is null)
            order by position""";

    private final Transactions transactions;
    private final LiveMeters live;
    private final Builds builds;

    public PostgresMeters(Transactions transactions, LiveMeters live, Builds builds) {
        this.transactions = transactions;
        this.live = live;
        this.builds = builds;
    }

    @Override
    public Catalog catalog(Namespace namespace) {
        return live.catalog(namespace);
    }

    @Override
    public List<Meter> all(Namespace namespace, boolean withDeleted) {
        return transactions.readOnce(handle -> handle.createQuery(ALL)
                .bind("namespace", namespace.name())
                .bind("deleted", withDeleted)
                .map((row, context) -> MeterRow.read(row))
                .list());
    }

    @Override
    public Optional<Meter> find(Namespace namespace, MeterId id) {
        return transactions.readOnce(handle -> find(handle, namespace, id));
    }

    @Override
    public Meter change(MeterChange change, String actor) {
        return transactions.write(handle -> {
            CatalogLock.take(handle);
            Meter changed = apply(handle, change);
            audit(handle, change, actor);
            handle.execute("update catalog set version = version + 1");
            return changed;
        });
    }

    private static void audit(Handle handle, MeterChange change, String actor) {
        switch (change) {
            case MeterChange.Define(Meter meter) ->
                audit(handle, meter, meter.createdAt(), actor, AuditAction.METER_CREATE);
            case MeterChange.Redefine(Meter meter) ->
                audit(handle, meter, meter.updatedAt(), actor, AuditAction.METER_UPDATE);
            case MeterChange.Delete(Namespace namespace, MeterId id, Instant at) ->
                PostgresAudit.add(
                        handle, namespace.name(), at, actor, AuditAction.METER_DELETE, id.value());
        }
    }

    private static void audit(
            Handle handle, Meter meter, Instant at, String actor, AuditAction action) {
        PostgresAudit.add(
                handle, meter.namespace().name(), at, actor, action, meter.id().value());
    }

    private Meter apply(Handle handle, MeterChange change) {
        return switch (change) {
            case MeterChange.Define(Meter meter) -> define(handle, meter);
            case MeterChange.Redefine(Meter meter) -> redefine(handle, meter);
            case MeterChange.Delete(Namespace namespace, MeterId id, Instant at) ->
                delete(handle, namespace, id, at);
        };
    }

    private Meter define(Handle handle, Meter meter) {
        requireRoom(handle, meter.namespace());
        String insert = """
                insert into meter (id, namespace, slug, name, description, event_type, event_from,
                    aggregation, value_property, dimensions, metadata, created_at, updated_at,
                    deleted_at)
                values (:id, :namespace, :slug, :name, :description, :event_type, :event_from,
                    :aggregation, :value_property, :dimensions, :metadata, :created_at, :updated_at,
                    :deleted_at)
                on conflict (namespace, slug) where deleted_at is null do nothing""";
        if (MeterRow.bind(handle.createUpdate(insert), meter).execute() == 0) {
            throw new ProblemException(new Problem.Conflict(
                    "meter-exists", "A meter with the slug " + meter.slug() + " already exists."));
        }
        builds.begin(handle, meter);
        return meter;
    }

    private Meter redefine(Handle handle, Meter meter) {
        Meter before = requireLive(handle, meter.namespace(), meter.id());
        String update = """
                update meter set name = :name, description = :description,
                    dimensions = :dimensions, metadata = :metadata, updated_at = :updated_at
                where id = :id""";
        MeterRow.bind(handle.createUpdate(update), meter).execute();
        Meter after = find(handle, meter.namespace(), meter.id()).orElseThrow();
        if (!MeterText.paths(before).equals(MeterText.paths(after))) {
            builds.end(handle, meter.id());
            builds.begin(handle, after);
        }
        return after;
    }

    private Meter delete(Handle handle, Namespace namespace, MeterId id, Instant at) {
        requireLive(handle, namespace, id);
        handle.createUpdate("update meter set deleted_at = :at where id = :id")
                .bind("at", at.toString())
                .bind("id", id.value())
                .execute();
        builds.end(handle, id);
        return find(handle, namespace, id).orElseThrow();
    }

    private static void requireRoom(Handle handle, Namespace namespace) {
        int count = handle.createQuery("""
                        select count(*) from meter
                        where namespace = :namespace and deleted_at is null""")
                .bind("namespace", namespace.name())
                .mapTo(int.class)
                .one();
        if (count >= Meter.MOST_PER_NAMESPACE) {
            throw new ProblemException(new Problem.Conflict(
                    "too-many-meters",
                    "The namespace already has " + Meter.MOST_PER_NAMESPACE + " meters."));
        }
    }

    private static Meter requireLive(Handle handle, Namespace namespace, MeterId id) {
        return find(handle, namespace, id)
                .filter(Meter::isLive)
                .orElseThrow(() -> new ProblemException(
                        new Problem.NotFound("unknown-meter", "There is no meter " + id + ".")));
    }

    private static Optional<Meter> find(Handle handle, Namespace namespace, MeterId id) {
        return handle.createQuery(ONE)
                .bind("id", id.value())
                .bind("namespace", namespace.name())
                .map((row, context) -> MeterRow.read(row))
                .findOne();
    }
}
