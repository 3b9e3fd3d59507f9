package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.json.stored.HintsText;
import io.meterport.adapters.json.stored.RestrictionsText;
import io.meterport.adapters.json.stored.ScopeText;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.application.spi.NewPortalToken;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;

/** A portal token as a row. */
final class TokenRow {
    private TokenRow() {}

    static PortalToken read(ResultSet row) throws SQLException {
        return new PortalToken(
                new TokenId(row.getString("id")),
                new Namespace(row.getString("namespace")),
                new SubjectKey(row.getString("subject")),
                ScopeText.read(Optional.ofNullable(row.getString("meters"))),
                row.getLong("created_seq"),
                Micros.instant(row.getLong("created_at")),
                Micros.instant(row.getLong("expires_at")),
                Optional.ofNullable(row.getString("issued_by")),
                RestrictionsText.read(Optional.ofNullable(row.getString("restrictions"))),
                HintsText.read(Optional.ofNullable(row.getString("hints"))));
    }

    /** Binds every column of a new row but the sequence. */
    static Update bind(Update statement, NewPortalToken token) {
        return statement
                .bind("id", token.id().value())
                .bind("namespace", token.namespace().name())
                .bind("subject", token.subject().value())
                .bind("hash", token.hash())
                .bind("meters", ScopeText.of(token.scope()).orElse(null))
                .bind("restrictions", RestrictionsText.of(token.restrictions()).orElse(null))
                .bind("hints", HintsText.of(token.hints()).orElse(null))
                .bind(
                        "session",
                        token.restrictions()
                                .session()
                                .map(label -> ScopeText.session(token.subject(), label))
                                .orElse(null))
                .bind("created_at", Micros.of(token.createdAt()))
                .bind("expires_at", Micros.of(token.expiresAt()))
                .bind("issued_by", token.issuedBy().orElse(null));
    }
}
