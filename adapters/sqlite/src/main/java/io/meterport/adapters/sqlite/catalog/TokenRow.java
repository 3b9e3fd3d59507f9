package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.application.spi.NewPortalToken;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                scope(Optional.ofNullable(row.getString("meters"))),
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
                .bind("meters", text(token.scope()).orElse(null))
                .bind("restrictions", RestrictionsText.of(token.restrictions()).orElse(null))
                .bind("hints", HintsText.of(token.hints()).orElse(null))
                .bind(
                        "session",
                        token.restrictions()
                                .session()
                                .map(label -> session(token.subject(), label))
                                .orElse(null))
                .bind("created_at", Micros.of(token.createdAt()))
                .bind("expires_at", Micros.of(token.expiresAt()))
                .bind("issued_by", token.issuedBy().orElse(null));
    }

    /** What all tokens of one login of a subject have in common. */
    static String session(SubjectKey subject, String label) {
        return JsonPrinter.text(StoredJson.texts(List.of(subject.value(), label)));
    }

    /** An object of meter ids and slugs; absent where every meter may be read. */
    private static Optional<String> text(MeterScope scope) {
        return switch (scope) {
            case MeterScope.Every _ -> Optional.empty();
            case MeterScope.Only(Map<MeterId, MeterSlug> meters) -> {
                Map<String, Json> members = new LinkedHashMap<>();
                meters.forEach((id, slug) -> members.put(id.value(), new Json.Text(slug.value())));
                yield Optional.of(JsonPrinter.text(new Json.Obj(members)));
            }
        };
    }

    private static MeterScope scope(Optional<String> text) {
        if (text.isEmpty()) {
            return new MeterScope.Every();
        }
        Map<MeterId, MeterSlug> meters = new LinkedHashMap<>();
        StoredJson.read(text.get())
                .members()
                .forEach((id, slug) ->
                        meters.put(new MeterId(id), new MeterSlug(((Json.Text) slug).value())));
        return new MeterScope.Only(meters);
    }
}
