package io.meterport.adapters.http;

import io.meterport.application.access.EnvironmentKey;
import io.meterport.application.portal.TokenRequest;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.SubjectKey;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what backends ask about portal tokens. Stateless. */
final class PortalTokenParams {
    private static final String SLUGS = "allowedMeterSlugs";
    private static final String ALIAS = "allowedMeters";
    private static final List<String> TARGETS = List.of("id", "subject", "apiKeyId", "all");

    private PortalTokenParams() {}

    /** A token to be made. */
    static TokenRequest request(Json body) {
        Members members = Members.ofBody(body);
        return new TokenRequest(
                members.requiredParsed("subject", SubjectKey::new),
                slugs(members),
                members.time("expiresAt").map(OffsetDateTime::toInstant),
                TokenTermsParams.restrictions(members),
                TokenTermsParams.hints(members));
    }

    /** Tokens to be revoked. */
    static Revocation revocation(Json body) {
        Members members = Members.ofBody(body);
        if (members.has("session")) {
            return session(members);
        }
        List<String> given = TARGETS.stream().filter(members::has).toList();
        if (given.isEmpty()) {
            throw Faults.at(Faults.BODY, "One of id and subject is required.", "");
        }
        if (given.size() > 1) {
            throw Faults.of(
                    "conflicting-parameters",
                    given.get(0) + " and " + given.get(1) + " cannot be given together.");
        }
        return switch (given.getFirst()) {
            case "id" ->
                new Revocation.OfToken(members.requiredParsed("id", PortalTokenParams::id));
            case "subject" ->
                new Revocation.OfSubject(members.requiredParsed("subject", SubjectKey::new));
            case "apiKeyId" -> new Revocation.OfApiKey(keyId(members));
            default -> all(members);
        };
    }

    private static Revocation session(Members members) {
        TARGETS.stream()
                .filter(name -> !name.equals("subject") && members.has(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Faults.of(
                            "conflicting-parameters",
                            name + " and session cannot be given together.");
                });
        return new Revocation.OfSession(
                members.requiredParsed("subject", SubjectKey::new),
                members.requiredText("session"));
    }

    /** The token's id, in any letter case. */
    static TokenId id(String text) {
        return new TokenId(text.toUpperCase(Locale.ROOT));
    }

    private static Optional<List<String>> slugs(Members members) {
        Optional<List<String>> slugs = slugs(members, SLUGS);
        Optional<List<String>> alias = slugs(members, ALIAS);
        if (slugs.isPresent() && alias.isPresent() && !same(slugs.get(), alias.get())) {
            throw Faults.of(
                    "conflicting-parameters",
                    SLUGS + " and " + ALIAS + " cannot be given together and differ.");
        }
        return slugs.or(() -> alias);
    }

    private static Optional<List<String>> slugs(Members members, String name) {
        Optional<List<String>> slugs = members.texts(name);
        slugs.ifPresent(texts -> Faults.located(
                members.place(name), () -> texts.stream().map(MeterSlug::new).toList()));
        if (slugs.isPresent() && slugs.get().isEmpty()) {
            throw Faults.at(
                    "invalid-token", name + " must not be empty when given.", members.place(name));
        }
        return slugs;
    }

    private static boolean same(List<String> one, List<String> other) {
        return new LinkedHashSet<>(one).equals(new LinkedHashSet<>(other));
    }

    private static String keyId(Members members) {
        String id = members.requiredText("apiKeyId");
        if (!id.equals(EnvironmentKey.ID) && !Require.isUlid(id)) {
            throw Faults.at("invalid-id", "apiKeyId must be a ULID.", members.place("apiKeyId"));
        }
        return id;
    }

    private static Revocation all(Members members) {
        if (members.object().members().get("all") instanceof Json.Bool(boolean all) && all) {
            return new Revocation.OfNamespace();
        }
        throw members.fault("all", "must be true");
    }
}
