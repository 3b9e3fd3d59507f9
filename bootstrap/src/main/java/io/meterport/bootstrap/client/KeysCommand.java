package io.meterport.bootstrap.client;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes, lists and revokes API keys. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Creates, lists and revokes API keys.")
public final class KeysCommand {
    private final Surroundings around;
    private final OfflineKeys offline;

    public KeysCommand(Surroundings around, OfflineKeys offline) {
        this.around = around;
        this.offline = offline;
    }

    /** Makes keys where no server runs. */
    @FunctionalInterface
    public interface OfflineKeys {
        /**
         * Makes a key in the store itself, whose lock it takes, and returns its text.
         *
         * @param config the configuration file, which says what store that is
         * @param data the data folder, if not that of the configuration
         */
        String create(Optional<Path> config, Optional<Path> data, NewKey key);
    }

    /** A key as the command line asks for it; each is still the text that was typed. */
    public record NewKey(
            Optional<String> name,
            List<String> scopes,
            Optional<String> namespace,
            Optional<String> expiresAt) {}

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates a key and prints it; it is shown this one time.")
    int create(
            @Mixin ServerOptions server,
            @Option(
                            names = "--scope",
                            required = true,
                            paramLabel = "SCOPE",
                            description = "What it may do: ingest, query, meters, portal:create,"
                                    + " portal:revoke or admin. Repeat it for several.")
                    List<String> scopes,
            @Option(names = "--name", paramLabel = "NAME", description = "What you call it.")
                    Optional<String> name,
            @Option(
                            names = "--namespace",
                            paramLabel = "NAME",
                            description =
                                    "Its namespace, made if need be. Default: that of the key used.")
                    Optional<String> namespace,
            @Option(
                            names = "--expires-at",
                            paramLabel = "TIME",
                            description =
                                    "When it ends, such as 2030-01-31T00:00:00Z. Default: never.")
                    Optional<String> expiresAt,
            @Option(
                            names = "--offline",
                            description =
                                    "Makes it in the data folder itself; no server may be running"
                                            + " there. For when every key is lost.")
                    boolean withoutServer,
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "With --offline: the server's configuration file.")
                    Optional<Path> config) {
        NewKey key = new NewKey(name, scopes, namespace, expiresAt);
        around.out()
                .println(
                        withoutServer
                                ? offline.create(config, server.data(), key)
                                : created(server, key));
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the keys, newest first, without their secrets.")
    int list(
            @Mixin ServerOptions server,
            @Option(names = "--json", description = "Prints the server's answer as it is.")
                    boolean raw) {
        try (Server open = server.open(around)) {
            Json keys = open.getJson("/api/v1/keys");
            if (raw) {
                around.out().println(JsonPrinter.text(keys));
                return 0;
            }
            Listing.print(
                    around.out(),
                    Fields.items(keys),
                    List.of(
                            "id",
                            "name",
                            "scopes",
                            "namespace",
                            "createdAt",
                            "expiresAt",
                            "revokedAt"),
                    List.of());
        }
        return 0;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes a key, and with it the portal tokens that it created unless told"
                    + " to keep them.")
    int revoke(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ID", description = "The key's id, as the list shows it.")
                    String id,
            @Option(
                            names = "--keep-tokens",
                            description = "Lets the portal tokens that it created live on.")
                    boolean keepTokens) {
        try (Server open = server.open(around)) {
            open.delete("/api/v1/keys/" + Server.encoded(id) + "?revokeTokens=" + !keepTokens);
        }
        around.out().println("revoked");
        return 0;
    }

    private String created(ServerOptions server, NewKey key) {
        Json.Obj body = new Members()
                .with("name", key.name())
                .with("scopes", key.scopes())
                .with("namespace", key.namespace())
                .with("expiresAt", key.expiresAt())
                .json();
        try (Server open = server.open(around)) {
            return Fields.text(Fields.members(open.post("/api/v1/keys", body).json()), "key")
                    .orElseThrow(() -> new CommandFailure("The server gave no key."));
        }
    }
}
