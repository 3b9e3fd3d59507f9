package io.meterport.adapters.http;

import io.helidon.security.AuthenticationResponse;
import io.helidon.security.Principal;
import io.helidon.security.ProviderRequest;
import io.helidon.security.Role;
import io.helidon.security.Subject;
import io.helidon.security.spi.AuthenticationProvider;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.AuthorizeKey;
import io.meterport.application.access.Scope;

/**
 * Tells Helidon's security who holds an API key: a subject named by the key's id, whose roles are the
 * scopes that the key has or implies. A key that does not hold is refused as the use case refuses it.
 */
final class ApiKeyProvider implements AuthenticationProvider {
    /** The attribute of the environment that has the credential. */
    static final String CREDENTIAL = "credential";

    private final AuthorizeKey keys;

    ApiKeyProvider(AuthorizeKey keys) {
        this.keys = keys;
    }

    @Override
    public AuthenticationResponse authenticate(ProviderRequest request) {
        String credential = (String) request.env().abacAttribute(CREDENTIAL).orElseThrow();
        return AuthenticationResponse.success(subject(keys.authenticate(credential)));
    }

    /** The subject that holds that key. */
    static Subject subject(ApiKey key) {
        Subject.Builder subject = Subject.builder()
                .principal(Principal.create(key.id()))
                .addPrivateCredential(ApiKey.class, key);
        for (Scope scope : Scope.values()) {
            if (key.may(scope)) {
                subject.addGrant(Role.create(scope.text()));
            }
        }
        return subject.build();
    }
}
