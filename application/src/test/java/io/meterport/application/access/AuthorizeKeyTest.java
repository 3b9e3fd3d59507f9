package io.meterport.application.access;

import static io.meterport.application.Refusals.codeOf;
import static io.meterport.application.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterport.application.Secrets;
import io.meterport.application.TestTime;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.Samples;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizeKeyTest {
    private static final String ENVIRONMENT = "an-admin-key-from-the-environment-0123456789";

    private final TestTime time = new TestTime(Samples.NOON);
    private final MemoryStorage storage = new MemoryStorage(time);
    private final List<String> ended = new ArrayList<>();
    private final ManageKeys manage = new ManageKeys(
            storage.keys(),
            new Secrets().make(),
            time,
            (by, key) -> ended.add(by.id() + " " + key));
    private final LastUse uses = new LastUse(storage.keys(), storage.tokens());
    private final AuthorizeKey authorize = new AuthorizeKey(
            storage.keys(),
            time,
            Optional.of(new EnvironmentKey(ENVIRONMENT, time.instant())),
            uses);

    @Test
    void knowsAKeyByItsSecretAndItsNamespaceByTheKey() {
        IssuedKey issued = issue(Samples.OTHER, Scope.QUERY);

        ApiKey found = authorize.authenticate(issued.secret().text());

        assertThat(found.id()).isEqualTo(issued.key().id());
        assertThat(found.namespace()).isEqualTo(Samples.OTHER);
    }

    @Test
    void refusesAKeyFromTheVeryNextRequestAfterItsRevocation() {
        IssuedKey issued = issue(Namespace.DEFAULT, Scope.QUERY);

        manage.revoke(admin(), issued.key().id(), true);

        assertThat(problemOf(() -> authorize.authenticate(issued.secret().text())))
                .isEqualTo(new Problem.Unauthenticated(true));
    }

    @Test
    void endsTheTokensOfARevokedKeyUnlessTheyAreToBeSpared() {
        ApiKey admin = admin();
        String spared = issue(Namespace.DEFAULT, Scope.PORTAL_CREATE).key().id();
        String whole = issue(Namespace.DEFAULT, Scope.PORTAL_CREATE).key().id();

        manage.revoke(admin, spared, false);
        manage.revoke(admin, whole, true);
        List<String> first = List.copyOf(ended);
        manage.revoke(admin, spared, true);

        assertThat(first).containsExactly(admin.id() + " " + whole);
        assertThat(ended).contains(admin.id() + " " + spared);
    }

    @Test
    void refusesAKeyAtTheMomentOfItsExpiry() {
        Instant expiry = time.instant().plusSeconds(60);
        IssuedKey issued = manage.issue(
                "admin", Namespace.DEFAULT, "", Set.of(Scope.QUERY), Optional.of(expiry));

        time.pass(Duration.ofSeconds(60));

        assertThat(codeOf(() -> authorize.authenticate(issued.secret().text())))
                .isEqualTo("unauthenticated");
    }

    @Test
    void aKeyMayDoWhatItsScopesSayAndAnAdminEverything() {
        ApiKey reader = issue(Namespace.DEFAULT, Scope.QUERY).key();
        ApiKey admin = issue(Namespace.DEFAULT, Scope.ADMIN).key();

        assertThat(codeOf(() -> authorize.require(reader, Scope.INGEST)))
                .isEqualTo("insufficient-scope");
        for (Scope scope : Scope.values()) {
            authorize.require(admin, scope);
        }
    }

    @Test
    void anotherNamespaceCannotRevokeAKeyAndIsNotToldThatThereIsOne() {
        IssuedKey issued = issue(Namespace.DEFAULT, Scope.QUERY);

        String code = codeOf(() -> manage.revoke(
                issue(Samples.OTHER, Scope.ADMIN).key(), issued.key().id(), true));

        assertThat(code).isEqualTo("unknown-key");
        assertThat(authorize.authenticate(issued.secret().text()).id())
                .isEqualTo(issued.key().id());
    }

    @Test
    void theKeyFromTheEnvironmentIsAnAdminAndKeptNowhere() {
        ApiKey key = authorize.authenticate(ENVIRONMENT);

        assertThat(key.may(Scope.ADMIN)).isTrue();
        assertThat(storage.keys().all(Namespace.DEFAULT)).isEmpty();
        assertThat(codeOf(() -> authorize.authenticate(ENVIRONMENT + "0")))
                .isEqualTo("unauthenticated");
    }

    @Test
    void remembersWhenAKeyWasUsedOnceThatIsKept() {
        IssuedKey issued = issue(Namespace.DEFAULT, Scope.QUERY);
        time.pass(Duration.ofMinutes(5));
        authorize.authenticate(issued.secret().text());

        uses.keep();

        assertThat(storage.keys().find(issued.key().id()).orElseThrow().lastUsedAt())
                .contains(time.instant());
    }

    @Test
    void aWeakKeyFromTheEnvironmentIsRefusedWithoutRepeatingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnvironmentKey("too-short", time.instant()))
                .withMessageNotContaining("too-short");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnvironmentKey("x".repeat(40) + " ", time.instant()));
    }

    private IssuedKey issue(Namespace namespace, Scope scope) {
        return manage.issue("admin", namespace, "test", Set.of(scope), Optional.empty());
    }

    private ApiKey admin() {
        return issue(Namespace.DEFAULT, Scope.ADMIN).key();
    }
}
