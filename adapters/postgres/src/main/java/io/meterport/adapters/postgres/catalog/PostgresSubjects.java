package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.json.JsonReader;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.SubjectChange;
import io.meterport.application.spi.SubjectStore;
import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.Subject;
import io.meterport.domain.subject.SubjectId;
import io.meterport.domain.subject.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Registered subjects in PostgreSQL. */
public final class PostgresSubjects implements SubjectStore {
    @Override
    public void erase(Namespace namespace, SubjectKey key) {
        String erase =
                "delete from subject where namespace = :namespace and key_hash = sha256(convert_to(:key, 'UTF8'))";
        transactions.write(handle -> handle.createUpdate(erase)
                .bind("namespace", namespace.name())
                .bind("key", key.value())
                .execute());
    }

    private static final String ALL = """
            select id, namespace, key, display_name, metadata, stripe_customer_id, created_at,
                updated_at, deleted_at
            from subject where namespace = :namespace and\s""";

    private final Transactions transactions;

    public PostgresSubjects(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Subject> upsert(Namespace namespace, List<SubjectChange> changes, Instant now) {
        return transactions.write(handle -> {
            OneByOne.subjects(handle, namespace);
            Set<SubjectKey> added = new HashSet<>();
            List<Subject> changed = new ArrayList<>(changes.size());
            for (SubjectChange change : changes) {
                Optional<Subject> before = live(handle, namespace, change.key());
                if (added.contains(change.key())
                        || (before.isEmpty() && !added.add(change.key()))) {
                    throw new ProblemException(new Problem.Conflict(
                            "duplicate-subject", "Two elements have the same key."));
                }
                Subject after = after(namespace, before, change, now);
                put(handle, after);
                changed.add(after);
            }
            return List.copyOf(changed);
        });
    }

    @Override
    public List<Subject> all(Namespace namespace) {
        return transactions.readOnce(
                handle -> handle.createQuery(ALL + "deleted_at is null order by id")
                        .bind("namespace", namespace.name())
                        .map((row, context) -> subject(row))
                        .list());
    }

    @Override
    public Optional<Subject> find(Namespace namespace, SubjectId id) {
        return transactions.readOnce(handle -> handle.createQuery(ALL + "id = :id")
                .bind("namespace", namespace.name())
                .bind("id", id.value())
                .map((row, context) -> subject(row))
                .findOne());
    }

    @Override
    public Optional<Subject> find(Namespace namespace, SubjectKey key) {
        return transactions.readOnce(handle -> live(handle, namespace, key));
    }

    @Override
    public void delete(Namespace namespace, SubjectId id, Instant at) {
        String delete = """
                update subject set deleted_at = :at
                where id = :id and namespace = :namespace and deleted_at is null""";
        transactions.write(handle -> handle.createUpdate(delete)
                .bind("at", Micros.of(at))
                .bind("id", id.value())
                .bind("namespace", namespace.name())
                .execute());
    }

    private static Optional<Subject> live(Handle handle, Namespace namespace, SubjectKey key) {
        return handle.createQuery(
                        ALL + "key_hash = sha256(convert_to(:key, 'UTF8')) and deleted_at is null")
                .bind("namespace", namespace.name())
                .bind("key", key.value())
                .map((row, context) -> subject(row))
                .findOne();
    }

    private static Subject after(
            Namespace namespace, Optional<Subject> before, SubjectChange change, Instant now) {
        Instant moment = Micros.instant(Micros.of(now));
        return new Subject(
                before.map(Subject::id).orElse(change.idIfNew()),
                namespace,
                change.key(),
                change.displayName().applyTo(before.flatMap(Subject::displayName)),
                change.metadata().applyTo(before.map(Subject::metadata)).orElse(Json.Obj.EMPTY),
                change.stripeCustomerId().applyTo(before.flatMap(Subject::stripeCustomerId)),
                before.map(Subject::createdAt).orElse(moment),
                moment,
                Optional.empty());
    }

    private static void put(Handle handle, Subject subject) {
        handle.createUpdate("""
                        insert into subject (id, namespace, key, key_hash, display_name, metadata,
                            stripe_customer_id, created_at, updated_at)
                        values (:id, :namespace, :key, sha256(convert_to(:key, 'UTF8')), :display_name, :metadata,
                            :stripe_customer_id, :created_at, :updated_at)
                        on conflict (id) do update set display_name = excluded.display_name,
                            metadata = excluded.metadata,
                            stripe_customer_id = excluded.stripe_customer_id,
                            updated_at = excluded.updated_at""")
                .bind("id", subject.id().value())
                .bind("namespace", subject.namespace().name())
                .bind("key", subject.key().value())
                .bind("display_name", subject.displayName().orElse(null))
                .bind("metadata", JsonPrinter.text(subject.metadata()))
                .bind("stripe_customer_id", subject.stripeCustomerId().orElse(null))
                .bind("created_at", Micros.of(subject.createdAt()))
                .bind("updated_at", Micros.of(subject.updatedAt()))
                .execute();
    }

    private static Subject subject(ResultSet row) throws SQLException {
        long deletedAt = row.getLong("deleted_at");
        return new Subject(
                new SubjectId(row.getString("id")),
                new Namespace(row.getString("namespace")),
                new SubjectKey(row.getString("key")),
                Optional.ofNullable(row.getString("display_name")),
                (Json.Obj) JsonReader.read("A stored object", row.getString("metadata")),
                Optional.ofNullable(row.getString("stripe_customer_id")),
                Micros.instant(row.getLong("created_at")),
                Micros.instant(row.getLong("updated_at")),
                deletedAt == 0 ? Optional.empty() : Optional.of(Micros.instant(deletedAt)));
    }
}
