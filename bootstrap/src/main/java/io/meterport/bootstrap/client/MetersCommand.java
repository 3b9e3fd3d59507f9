package io.meterport.bootstrap.client;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows, creates and deletes meters. */
@Command(
        name = "meters",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, creates and deletes meters.")
public final class MetersCommand {
    private static final String METERS = "/api/v1/meters";

    private final Surroundings around;

    public MetersCommand(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the meters by slug.")
    int list(
            @Mixin ServerOptions server,
            @Option(names = "--json", description = "Prints the server's answer as it is.")
                    boolean raw) {
        try (Server open = server.open(around)) {
            Json meters = open.getJson(METERS + "?pageSize=1000");
            if (raw) {
                around.out().println(JsonPrinter.text(meters));
                return 0;
            }
            Listing.print(
                    around.out(),
                    Fields.items(meters),
                    List.of(
                            "slug",
                            "aggregation",
                            "eventType",
                            "valueProperty",
                            "groupBy",
                            "building"),
                    List.of());
        }
        return 0;
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Shows a meter.")
    int get(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "METER", description = "Its slug or id.") String meter) {
        try (Server open = server.open(around)) {
            show(open.getJson(METERS + "/" + Server.encoded(meter)));
        }
        return 0;
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates a meter. Events that are stored already count.")
    int create(
            @Mixin ServerOptions server,
            @Parameters(
                            paramLabel = "SLUG",
                            description = "Its name in URLs: small letters, digits, underscores.")
                    String slug,
            @Option(
                            names = "--event-type",
                            required = true,
                            paramLabel = "TYPE",
                            description = "The type of the events that it counts.")
                    Optional<String> eventType,
            @Option(
                            names = "--aggregation",
                            required = true,
                            paramLabel = "NAME",
                            description = "SUM, COUNT, UNIQUE_COUNT, AVG, MIN, MAX or LATEST.")
                    Optional<String> aggregation,
            @Option(
                            names = "--value-property",
                            paramLabel = "PATH",
                            description = "Where its value stands in the data, such as $.tokens."
                                    + " COUNT has none.")
                    Optional<String> valueProperty,
            @Option(
                            names = "--group-by",
                            paramLabel = "KEY=PATH",
                            description =
                                    "A dimension, such as model=$.model. Repeat it for several.")
                    Map<String, String> groupBy,
            @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
                    Optional<String> name,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
                    Optional<String> description,
            @Option(
                            names = "--event-from",
                            paramLabel = "TIME",
                            description = "Events before this time are not counted.")
                    Optional<String> eventFrom) {
        Json.Obj body = new Members()
                .with("slug", Optional.of(slug))
                .with("name", name)
                .with("description", description)
                .with("aggregation", aggregation)
                .with("eventType", eventType)
                .with("eventFrom", eventFrom)
                .with("valueProperty", valueProperty)
                .with("groupBy", Given.map(groupBy))
                .json();
        try (Server open = server.open(around)) {
            show(open.post(METERS, body).json());
        }
        return 0;
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a meter. Its events stay.")
    int delete(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "METER", description = "Its slug or id.") String meter) {
        try (Server open = server.open(around)) {
            open.delete(METERS + "/" + Server.encoded(meter));
        }
        around.out().println("deleted");
        return 0;
    }

    private void show(Json meter) {
        Table table = new Table(List.of("MEMBER", "VALUE"), List.of());
        Fields.members(meter)
                .forEach((name, value) ->
                        Fields.text(value).ifPresent(text -> table.add(List.of(name, text))));
        table.print(around.out());
    }
}
