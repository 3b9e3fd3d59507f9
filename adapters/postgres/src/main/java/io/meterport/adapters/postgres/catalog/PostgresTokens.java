package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.AuditAction;
import io.meterport.application.spi.ListedToken;
import io.meterport.application.spi.NewPortalToken;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.portal.Watermarks;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Portal tokens in PostgreSQL. */
public final class PostgresTokens implements PortalTokenStore {
    private static final String COLUMNS = """
            token.id, token.namespace, token.subject, token.hash, token.meters, token.restrictions,
            token.hints, token.created_seq, token.created_at, token.expires_at, token.issued_by,
            token.revoked_seq, token.last_used_at
            """;

    static final String VERDICT = "select " + COLUMNS + """
            ,
                (select seq from revocation_head) as head,
                coalesce((select seq from watermark where namespace = ''
                    and kind = 'global' and target_hash = sha256('')), 0) as global_seq,
                coalesce((select seq from watermark where namespace = token.namespace
                    and kind = 'namespace' and target_hash = sha256('')), 0) as namespace_seq,
                coalesce((select seq from watermark where namespace = token.namespace
                    and kind = 'apikey'
                    and target_hash = sha256(convert_to(token.issued_by, 'UTF8'))), 0) as key_seq,
                coalesce((select seq from watermark where namespace = token.namespace
                    and kind = 'subject' and target_hash = token.subject_hash), 0) as subject_seq,
                coalesce((select seq from watermark where namespace = token.namespace
                    and kind = 'session' and target_hash = token.session_hash), 0) as session_seq
            from portal_token as token where token.id = :id""";

    /** The first revocation that covers a token is the one with the least number of six kinds. */
    private static final String LIST = "select " + COLUMNS + """
            , (select created_at from revocation where seq = (select min(seq) from (
                    select token.revoked_seq as seq
                    union all select min(seq) from revocation where namespace = ''
                        and kind = 'global' and target_hash = sha256('')
                        and seq > token.created_seq
                    union all select min(seq) from revocation where namespace = token.namespace
                        and kind = 'namespace' and target_hash = sha256('')
                        and seq > token.created_seq
                    union all select min(seq) from revocation where namespace = token.namespace
                        and kind = 'apikey'
                        and target_hash = sha256(convert_to(token.issued_by, 'UTF8'))
                        and seq > token.created_seq
                    union all select min(seq) from revocation where namespace = token.namespace
                        and kind = 'subject' and target_hash = token.subject_hash
                        and seq > token.created_seq
                    union all select min(seq) from revocation where namespace = token.namespace
                        and kind = 'session' and target_hash = token.session_hash
                        and seq > token.created_seq) as covering)) as revoked_at
            from portal_token as token
            where token.namespace = :namespace and %s
                and (:after = '' or token.id < :after)
            order by token.id desc limit :limit""";

    /** A revocation that was committed in the meantime does not cover what is committed after it. */
    private static final String CREATED = """
            update portal_token set created_seq = (select seq from revocation_head)
            where id = :id returning *""";

    static final String LIST_ALL = LIST.formatted("true");
    static final String LIST_SUBJECT =
            LIST.formatted("token.subject_hash = sha256(convert_to(:subject, 'UTF8'))");

    private final Transactions transactions;

    public PostgresTokens(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public PortalToken create(NewPortalToken token) {
        String insert = """
                insert into portal_token (id, namespace, subject, subject_hash, hash, meters,
                    restrictions, hints, session_hash, created_seq, created_at, expires_at,
                    issued_by)
                values (:id, :namespace, :subject, sha256(convert_to(:subject, 'UTF8')), :hash,
                    :meters, :restrictions, :hints, sha256(convert_to(:session, 'UTF8')),
                    (select seq from revocation_head), :created_at, :expires_at, :issued_by)""";
        return transactions.write(handle -> {
            LiveTokens.add(handle, token);
            TokenRow.bind(handle.createUpdate(insert), token).execute();
            PostgresAudit.add(
                    handle,
                    token.namespace().name(),
                    token.createdAt(),
                    token.issuedBy().orElse(""),
                    AuditAction.TOKEN_CREATE,
                    token.id().value());
            return handle.createQuery(CREATED)
                    .bind("id", token.id().value())
                    .map((row, context) -> TokenRow.read(row))
                    .one();
        });
    }

    @Override
    public Optional<Verdict> verdict(TokenId id) {
        return transactions.readOnce(handle -> handle.createQuery(VERDICT)
                .bind("id", id.value())
                .map((row, context) -> verdict(row))
                .findOne());
    }

    @Override
    public List<ListedToken> list(
            Namespace namespace, Optional<SubjectKey> subject, Optional<TokenId> after, int limit) {
        return transactions.readOnce(
                handle -> handle.createQuery(subject.isPresent() ? LIST_SUBJECT : LIST_ALL)
                        .bind("namespace", namespace.name())
                        .bind("subject", subject.map(SubjectKey::value).orElse(""))
                        .bind("after", after.map(TokenId::value).orElse(""))
                        .bind("limit", limit)
                        .map((row, context) -> listed(row))
                        .list());
    }

    @Override
    public int erase(Namespace namespace, SubjectKey subject, String actor, Instant at) {
        return transactions.write(handle -> {
            PostgresAudit.add(
                    handle,
                    namespace.name(),
                    at,
                    actor,
                    AuditAction.SUBJECT_ERASE,
                    subject.value());
            var _ = deleteOf(handle, "token_holder", namespace, subject);
            return deleteOf(handle, "portal_token", namespace, subject);
        });
    }

    /** The table's name is a constant. */
    private static int deleteOf(
            Handle handle, String table, Namespace namespace, SubjectKey subject) {
        return handle.createUpdate("delete from " + table + "\n" + """
                        where namespace = :namespace
                            and subject_hash = sha256(convert_to(:subject, 'UTF8'))""")
                .bind("namespace", namespace.name())
                .bind("subject", subject.value())
                .execute();
    }

    @Override
    public void used(Map<TokenId, Instant> byId) {
        Uses.put(
                transactions,
                "update portal_token set last_used_at = greatest(coalesce(last_used_at, 0), :at)"
                        + " where id = :id",
                byId);
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        row.getLong("revoked_seq");
        boolean revoked = !row.wasNull();
        Watermarks watermarks = new Watermarks(
                row.getLong("global_seq"),
                row.getLong("namespace_seq"),
                row.getLong("key_seq"),
                row.getLong("subject_seq"),
                row.getLong("session_seq"));
        return new Verdict(
                TokenRow.read(row), row.getBytes("hash"), revoked, watermarks, row.getLong("head"));
    }

    private static ListedToken listed(ResultSet row) throws SQLException {
        return new ListedToken(
                TokenRow.read(row), moment(row, "revoked_at"), moment(row, "last_used_at"));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
    }
}
