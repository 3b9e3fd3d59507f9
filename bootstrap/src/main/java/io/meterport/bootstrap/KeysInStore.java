package io.meterport.bootstrap;

import io.meterport.application.access.ApiKey;
import io.meterport.application.access.ManageKeys;
import io.meterport.application.access.NewSecrets;
import io.meterport.application.access.Scope;
import io.meterport.bootstrap.client.CommandFailure;
import io.meterport.bootstrap.client.KeysCommand;
import io.meterport.bootstrap.client.KeysCommand.NewKey;
import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a key where no server runs: in the store of the data folder itself. */
final class KeysInStore implements KeysCommand.OfflineKeys {
    private final Surroundings around;

    KeysInStore(Surroundings around) {
        this.around = around;
    }

    @Override
    public String create(Optional<Path> config, Optional<Path> data, NewKey key) {
        Map<String, String> options =
                data.map(folder -> Map.of("data.dir", folder.toString())).orElse(Map.of());
        Settings settings = SettingsReader.read(config, around.environment(), options);
        Path folder = settings.data().folder();
        if (Storages.needFolder(settings) && !Files.isDirectory(folder)) {
            throw new CommandFailure("There is no data folder " + folder + ".");
        }
        Outside outside = Outside.real(Map.of());
        try (Storages storages = new Storages(settings.storage(), folder, outside.time())) {
            ManageKeys manage = new ManageKeys(
                    storages.catalog().keys(),
                    new NewSecrets(outside.ids(), outside.randomness()),
                    outside.time(),
                    KeysInStore::endNone);
            Namespace namespace = key.namespace().map(Namespace::new).orElse(Namespace.DEFAULT);
            return manage.issue(
                            "offline",
                            namespace,
                            key.name().orElse(""),
                            scopes(key),
                            expiresAt(key))
                    .secret()
                    .text();
        } catch (ProblemException e) {
            throw new CommandFailure(e.problem().detail());
        }
    }

    /** Here keys are only made. */
    private static void endNone(ApiKey by, String keyId) {
        throw new UnsupportedOperationException("no key is revoked without a server");
    }

    private static Set<Scope> scopes(NewKey key) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        key.scopes().forEach(text -> scopes.add(Scope.of(text)));
        return scopes;
    }

    private static Optional<Instant> expiresAt(NewKey key) {
        try {
            return key.expiresAt().map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new CommandFailure("--expires-at must be a time such as 2030-01-31T00:00:00Z.");
        }
    }
}
