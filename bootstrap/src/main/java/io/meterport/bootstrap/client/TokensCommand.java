package io.meterport.bootstrap.client;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates, lists and revokes portal tokens. */
@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        description = "Creates, lists and revokes portal tokens.")
public final class TokensCommand {
    private static final String TOKENS = "/api/v1/portal/tokens";

    private final Surroundings around;

    public TokensCommand(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates a token with which a subject sees its own usage, and prints it;"
                    + " it is shown this one time.")
    int create(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "SUBJECT", description = "Whose usage it shows.")
                    String subject,
            @Option(
                            names = "--meter",
                            paramLabel = "SLUG",
                            description = "The only meters it shows. Repeat it for several."
                                    + " Default: all, also those to come.")
                    List<String> meters,
            @Option(
                            names = "--expires-at",
                            paramLabel = "TIME",
                            description = "When it ends, such as 2030-01-31T00:00:00Z.")
                    Optional<String> expiresAt) {
        Json.Obj body = new Members()
                .with("subject", Optional.of(subject))
                .with("allowedMeterSlugs", Given.list(meters))
                .with("expiresAt", expiresAt)
                .json();
        try (Server open = server.open(around)) {
            around.out()
                    .println(Fields.text(Fields.members(open.post(TOKENS, body).json()), "token")
                            .orElseThrow(() -> new CommandFailure("The server gave no token.")));
        }
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the newest tokens, without their secrets.")
    int list(
            @Mixin ServerOptions server,
            @Option(
                            names = "--subject",
                            paramLabel = "SUBJECT",
                            description = "Only the tokens of this subject.")
                    Optional<String> subject,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "25",
                            description = "How many at most, 1 to 100. Default: 25.")
                    int limit,
            @Option(names = "--json", description = "Prints the server's answer as it is.")
                    boolean raw) {
        String query = "?limit=" + limit
                + subject.map(key -> "&subject=" + Server.encoded(key)).orElse("");
        try (Server open = server.open(around)) {
            Json tokens = open.getJson(TOKENS + query);
            if (raw) {
                around.out().println(JsonPrinter.text(tokens));
                return 0;
            }
            Listing.print(
                    around.out(),
                    Fields.items(tokens),
                    List.of(
                            "id",
                            "subject",
                            "createdAt",
                            "expiresAt",
                            "revokedAt",
                            "allowedMeterSlugs"),
                    List.of());
        }
        return 0;
    }

    /** What to revoke: exactly one of these. */
    static final class Which {
        @Option(names = "--id", paramLabel = "ID", description = "The token of this id.")
        private Optional<String> id = Optional.empty();

        @Option(
                names = "--subject",
                paramLabel = "SUBJECT",
                description = "Every token of this subject.")
        private Optional<String> subject = Optional.empty();

        @Option(
                names = "--api-key",
                paramLabel = "ID",
                description = "Every token that the API key of this id created.")
        private Optional<String> apiKey = Optional.empty();

        @Option(names = "--all", description = "Every token of the namespace.")
        private boolean all;

        private Json.Obj json() {
            return new Members()
                    .with("id", id)
                    .with("subject", subject)
                    .with("apiKeyId", apiKey)
                    .with("all", all)
                    .json();
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes tokens; their very next request is refused.")
    int revoke(@Mixin ServerOptions server, @ArgGroup(multiplicity = "1") Which which) {
        try (Server open = server.open(around)) {
            open.post(TOKENS + "/invalidate", which.json());
        }
        around.out().println("revoked");
        return 0;
    }
}
