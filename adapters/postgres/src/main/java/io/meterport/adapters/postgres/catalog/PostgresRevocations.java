package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.json.stored.ScopeText;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.AuditAction;
import io.meterport.application.spi.RevocationLog;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Revocations in PostgreSQL. Whoever writes one holds the row of the head until its commit, which
 * gives them their order. */
public final class PostgresRevocations implements RevocationLog {
    /** A revocation is needed a little longer than the tokens it covers. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private record Target(String namespace, String kind, String name) {}

    private final Transactions transactions;

    public PostgresRevocations(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long revoke(
            Namespace namespace,
            Revocation revocation,
            String actor,
            Instant at,
            Duration longestLife) {
        Target target = target(namespace, revocation);
        return transactions.write(handle -> {
            long number = next(handle, longestLife);
            write(handle, target, number, actor, at);
            reach(handle, target, number);
            PostgresAudit.add(
                    handle, target.namespace(), at, actor, action(revocation), name(revocation));
            return number;
        });
    }

    @Override
    public long head() {
        return transactions.readOnce(handle -> handle.createQuery("select seq from revocation_head")
                .mapTo(long.class)
                .one());
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /**
     * Ends all tokens of all namespaces, in a transaction of the caller's; audited.
     *
     * @return the number of the revocation
     */
    public static long endAll(Handle handle, String actor, Instant at, Duration longestLife) {
        Revocation all = new Revocation.Global();
        Target target = target(Namespace.DEFAULT, all);
        long number = next(handle, longestLife);
        write(handle, target, number, actor, at);
        reach(handle, target, number);
        PostgresAudit.add(handle, target.namespace(), at, actor, action(all), name(all));
        return number;
    }

    private static Target target(Namespace namespace, Revocation revocation) {
        return switch (revocation) {
            case Revocation.OfToken(TokenId id) ->
                new Target(namespace.name(), "token", id.value());
            case Revocation.OfSubject(SubjectKey subject) ->
                new Target(namespace.name(), "subject", subject.value());
            case Revocation.OfSession(SubjectKey subject, String session) ->
                new Target(namespace.name(), "session", ScopeText.session(subject, session));
            case Revocation.OfApiKey(String keyId) -> new Target(namespace.name(), "apikey", keyId);
            case Revocation.OfNamespace _ -> new Target(namespace.name(), "namespace", "");
            case Revocation.Global _ -> new Target("", "global", "");
        };
    }

    private static AuditAction action(Revocation revocation) {
        return switch (revocation) {
            case Revocation.OfToken _ -> AuditAction.TOKEN_REVOKE;
            case Revocation.OfSubject _ -> AuditAction.SUBJECT_REVOKE;
            case Revocation.OfSession _ -> AuditAction.SESSION_REVOKE;
            case Revocation.OfApiKey _ -> AuditAction.KEY_TOKENS_REVOKE;
            case Revocation.OfNamespace _ -> AuditAction.NAMESPACE_REVOKE;
            case Revocation.Global _ -> AuditAction.GLOBAL_REVOKE;
        };
    }

    /** What it is aimed at, for people. */
    private static String name(Revocation revocation) {
        return switch (revocation) {
            case Revocation.OfToken(TokenId id) -> id.value();
            case Revocation.OfSubject(SubjectKey subject) -> subject.value();
            case Revocation.OfSession(SubjectKey subject, String session) ->
                subject.value() + " " + session;
            case Revocation.OfApiKey(String keyId) -> keyId;
            case Revocation.OfNamespace _ -> "";
            case Revocation.Global _ -> "";
        };
    }

    private static long next(Handle handle, Duration longestLife) {
        return handle.createQuery("""
                        update revocation_head
                        set seq = seq + 1, longest_life = greatest(longest_life, :life)
                        returning seq""")
                .bind("life", Micros.of(longestLife))
                .mapTo(long.class)
                .one();
    }

    /** Lives as long as any token that it may cover: those there are, and those it was made for. */
    private static void write(Handle handle, Target target, long number, String actor, Instant at) {
        handle.createUpdate("""
                        insert into revocation (seq, namespace, kind, target, target_hash, actor,
                            created_at, live_until)
                        values (:seq, :namespace, :kind, :target,
                            sha256(convert_to(:target, 'UTF8')), :actor, :at, :margin + greatest(
                            :at + (select longest_life from revocation_head),
                            coalesce((select max(expires_at) from portal_token), 0)))""")
                .bind("seq", number)
                .bind("namespace", target.namespace())
                .bind("kind", target.kind())
                .bind("target", target.name())
                .bind("actor", actor)
                .bind("at", Micros.of(at))
                .bind("margin", Micros.of(MARGIN))
                .execute();
    }

    /** One token is marked; everything wider gets a watermark. */
    private static void reach(Handle handle, Target target, long number) {
        String effect = target.kind().equals("token") ? """
                update portal_token set revoked_seq = :seq
                where id = :target and namespace = :namespace and revoked_seq is null""" : """
                insert into watermark (namespace, kind, target_hash, seq)
                values (:namespace, :kind, sha256(convert_to(:target, 'UTF8')), :seq)
                on conflict (namespace, kind, target_hash)
                do update set seq = greatest(watermark.seq, excluded.seq)""";
        handle.createUpdate(effect)
                .bind("namespace", target.namespace())
                .bind("kind", target.kind())
                .bind("target", target.name())
                .bind("seq", number)
                .execute();
    }
}
