package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Writer;
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

/** Portal tokens in SQLite. */
public final class SqliteTokens implements PortalTokenStore {
    private static final String COLUMNS = """
            token.id, token.namespace, token.subject, token.hash, token.meters, token.restrictions,
            token.hints, token.created_seq, token.created_at, token.expires_at, token.issued_by,
            token.revoked_seq, token.last_used_at
            """;

    static final String VERDICT = "select " + COLUMNS + """
            ,
                (select seq from revocation_head) as head,
                coalesce((select seq from watermark where namespace = ''
                    and kind = 'global' and target = ''), 0) as global_seq,
                coalesce((select seq from watermark where namespace = token.namespace
                    and kind = 'namespace' and target = ''), 0) as namespace_seq,
                coalesce((select seq from watermark where namespace = token.namespace
                    and kind = 'apikey' and target = token.issued_by), 0) as key_seq,
                coalesce((select seq from watermark where namespace = token.namespace
                    and kind = 'subject' and target = token.subject), 0) as subject_seq,
                coalesce((select seq from watermark where namespace = token.namespace
                    and kind = 'session' and target = token.session), 0) as session_seq
            from portal_token as token where token.id = :id""";

    /** The first revocation that covers a token is the one with the least number of six kinds. */
    private static final String LIST = "select " + COLUMNS + """
            , (select created_at from revocation where seq = (select min(seq) from (
                    select token.revoked_seq as seq
                    union all select min(seq) from revocation where namespace = ''
                        and kind = 'global' and target = '' and seq > token.created_seq
                    union all select min(seq) from revocation where namespace = token.namespace
                        and kind = 'namespace' and target = '' and seq > token.created_seq
                    union all select min(seq) from revocation where namespace = token.namespace
                        and kind = 'apikey' and target = token.issued_by
                        and seq > token.created_seq
                    union all select min(seq) from revocation where namespace = token.namespace
                        and kind = 'subject' and target = token.subject
                        and seq > token.created_seq
                    union all select min(seq) from revocation where namespace = token.namespace
                        and kind = 'session' and target = token.session
                        and seq > token.created_seq))) as revoked_at
            from portal_token as token
            where token.namespace = :namespace and %s
                and (:after = '' or token.id < :after)
            order by token.id desc limit :limit""";

    static final String LIST_ALL = LIST.formatted("true");
    static final String LIST_SUBJECT = LIST.formatted("token.subject = :subject");

    private final Readers readers;
    private final Writer writer;
    private final LiveTokens live = new LiveTokens();

    public SqliteTokens(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public PortalToken create(NewPortalToken token) {
        String insert = """
                insert into portal_token (id, namespace, subject, hash, meters, restrictions,
                    hints, session, created_seq, created_at, expires_at, issued_by)
                values (:id, :namespace, :subject, :hash, :meters, :restrictions, :hints, :session,
                    (select seq from revocation_head), :created_at, :expires_at, :issued_by)""";
        return writer.urgently(session -> {
            live.add(session.handle(), token);
            TokenRow.bind(session.handle().createUpdate(insert), token).execute();
            SqliteAudit.add(
                    session.handle(),
                    token.namespace().name(),
                    token.createdAt(),
                    token.issuedBy().orElse(""),
                    AuditAction.TOKEN_CREATE,
                    token.id().value());
            return session.handle()
                    .createQuery("select * from portal_token where id = :id")
                    .bind("id", token.id().value())
                    .map((row, context) -> TokenRow.read(row))
                    .one();
        });
    }

    @Override
    public Optional<Verdict> verdict(TokenId id) {
        return readers.read(session -> session.handle()
                .createQuery(VERDICT)
                .bind("id", id.value())
                .map((row, context) -> verdict(row))
                .findOne());
    }

    @Override
    public List<ListedToken> list(
            Namespace namespace, Optional<SubjectKey> subject, Optional<TokenId> after, int limit) {
        return readers.read(session -> session.handle()
                .createQuery(subject.isPresent() ? LIST_SUBJECT : LIST_ALL)
                .bind("namespace", namespace.name())
                .bind("subject", subject.map(SubjectKey::value).orElse(""))
                .bind("after", after.map(TokenId::value).orElse(""))
                .bind("limit", limit)
                .map((row, context) -> listed(row))
                .list());
    }

    @Override
    public int erase(Namespace namespace, SubjectKey subject, String actor, Instant at) {
        return writer.urgently(session -> {
            SqliteAudit.add(
                    session.handle(),
                    namespace.name(),
                    at,
                    actor,
                    AuditAction.SUBJECT_ERASE,
                    subject.value());
            return session.handle()
                    .createUpdate("""
                            delete from portal_token
                            where namespace = :namespace and subject = :subject""")
                    .bind("namespace", namespace.name())
                    .bind("subject", subject.value())
                    .execute();
        });
    }

    @Override
    public void used(Map<TokenId, Instant> byId) {
        Uses.put(
                writer,
                "update portal_token set last_used_at = max(coalesce(last_used_at, 0), :at)"
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
