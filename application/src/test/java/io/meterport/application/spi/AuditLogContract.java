package io.meterport.application.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What everybody may rely on who asks who did what about access, and when something was used. */
public abstract class AuditLogContract extends StorageContract {
    private static final Namespace HERE = Namespace.DEFAULT;
    private static final Instant THEN = Samples.RECEIVED;
    private static final Duration LIFE = Duration.ofDays(30);

    @Test
    void tellsWhoDidWhatWhenNewestFirst() {
        createKey(1, HERE);
        createToken(2, HERE);
        revoke(HERE, new Revocation.OfToken(Samples.tokenId(2)));
        revoke(HERE, new Revocation.OfSubject(Samples.subject("alice")));
        revoke(HERE, new Revocation.OfSession(Samples.subject("alice"), "laptop"));
        catalog().keys().revoke(Samples.ulid(1), "admin", THEN.plusSeconds(9));

        List<AuditEntry> entries = entries(HERE);

        assertThat(entries)
                .extracting(AuditEntry::action)
                .containsExactly(
                        AuditAction.KEY_REVOKE,
                        AuditAction.SESSION_REVOKE,
                        AuditAction.SUBJECT_REVOKE,
                        AuditAction.TOKEN_REVOKE,
                        AuditAction.TOKEN_CREATE,
                        AuditAction.KEY_CREATE);
        assertThat(entries)
                .extracting(AuditEntry::target)
                .containsExactly(
                        Samples.ulid(1),
                        "alice laptop",
                        "alice",
                        Samples.ulid(2),
                        Samples.ulid(2),
                        Samples.ulid(1));
        assertThat(entries).extracting(AuditEntry::actor).contains("admin", "issuer", "actor");
        assertThat(entries.getFirst().at()).isEqualTo(THEN.plusSeconds(9));
    }

    @Test
    void tellsWhoChangedMeters() {
        Meter meter = Samples.meter("calls").meter();
        MeterChange.Delete end = new MeterChange.Delete(HERE, meter.id(), THEN.plusSeconds(7));
        catalog().meters().change(new MeterChange.Define(meter), "maker");
        catalog().meters().change(new MeterChange.Redefine(meter), "editor");
        catalog().meters().change(end, "remover");
        assertThatThrownBy(() -> catalog().meters().change(end, "late"))
                .isInstanceOf(ProblemException.class);

        assertThat(entries(HERE))
                .extracting(AuditEntry::action, AuditEntry::actor, AuditEntry::target)
                .containsExactly(
                        tuple(AuditAction.METER_DELETE, "remover", meter.id().value()),
                        tuple(AuditAction.METER_UPDATE, "editor", meter.id().value()),
                        tuple(AuditAction.METER_CREATE, "maker", meter.id().value()));
        assertThat(entries(HERE))
                .extracting(AuditEntry::at)
                .containsExactly(end.at(), meter.updatedAt(), meter.createdAt());
        assertThat(entries(Samples.OTHER)).isEmpty();
    }

    @Test
    void revokingAKeyAgainIsNoNews() {
        createKey(1, HERE);
        catalog().keys().revoke(Samples.ulid(1), "admin", THEN);

        catalog().keys().revoke(Samples.ulid(1), "admin", THEN);
        catalog().keys().revoke(Samples.ulid(99), "admin", THEN);

        assertThat(entries(HERE)).hasSize(2);
    }

    @Test
    void aNamespaceSeesItsOwnEntriesAndThoseThatConcernAll() {
        createKey(1, HERE);
        createKey(2, Samples.OTHER);
        revoke(HERE, new Revocation.Global());

        assertThat(entries(Samples.OTHER))
                .extracting(AuditEntry::action, AuditEntry::target)
                .containsExactly(
                        tuple(AuditAction.GLOBAL_REVOKE, ""),
                        tuple(AuditAction.KEY_CREATE, Samples.ulid(2)));
    }

    @Test
    void isReadPageByPage() {
        createKey(1, HERE);
        createKey(2, HERE);
        createKey(3, HERE);

        List<AuditEntry> first = catalog().audit().list(HERE, OptionalLong.empty(), 2);
        List<AuditEntry> second =
                catalog().audit().list(HERE, OptionalLong.of(first.getLast().number()), 2);

        assertThat(first).extracting(AuditEntry::target).containsExactly(ulid(3), ulid(2));
        assertThat(second).extracting(AuditEntry::target).containsExactly(ulid(1));
    }

    @Test
    void remembersTheLatestUseOfKeysAndTokens() {
        createKey(1, HERE);
        createToken(2, HERE);

        catalog().keys().used(Map.of(ulid(1), THEN.plusSeconds(5), ulid(99), THEN));
        catalog().keys().used(Map.of(ulid(1), THEN.plusSeconds(3)));
        catalog().tokens().used(Map.of(Samples.tokenId(2), THEN.plusSeconds(7)));

        assertThat(catalog().keys().find(ulid(1)).orElseThrow().lastUsedAt())
                .contains(THEN.plusSeconds(5));
        assertThat(catalog().tokens().list(HERE, Optional.empty(), Optional.empty(), 10))
                .singleElement()
                .satisfies(listed -> assertThat(listed.lastUsedAt()).contains(THEN.plusSeconds(7)));
    }

    private List<AuditEntry> entries(Namespace namespace) {
        return catalog().audit().list(namespace, OptionalLong.empty(), 100);
    }

    private static String ulid(long number) {
        return Samples.ulid(number);
    }

    private void revoke(Namespace namespace, Revocation revocation) {
        catalog().revocations().revoke(namespace, revocation, "actor", THEN, LIFE);
    }

    private void createKey(long number, Namespace namespace) {
        catalog()
                .keys()
                .create(
                        new ApiKey(
                                ulid(number),
                                namespace,
                                "",
                                Set.of(Scope.QUERY),
                                new byte[32],
                                THEN,
                                Optional.empty(),
                                Optional.empty()),
                        "admin");
    }

    private void createToken(long number, Namespace namespace) {
        catalog()
                .tokens()
                .create(new NewPortalToken(
                        Samples.tokenId(number),
                        namespace,
                        Samples.subject("alice"),
                        new MeterScope.Every(),
                        THEN,
                        THEN.plus(LIFE),
                        Optional.of("issuer"),
                        new byte[32]));
    }
}
