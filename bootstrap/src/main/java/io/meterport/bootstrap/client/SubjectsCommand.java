package io.meterport.bootstrap.client;

import io.meterport.domain.json.Json;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases subjects. */
@Command(name = "subjects", mixinStandardHelpOptions = true, description = "Erases subjects.")
public final class SubjectsCommand {
    private final Surroundings around;

    public SubjectsCommand(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "erase",
            mixinStandardHelpOptions = true,
            description =
                    "Erases a subject for good: its events, its part in all usage, its tokens,"
                            + " what was registered of it. Backups made before still hold it.")
    int erase(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "KEY", description = "The subject's key.") String key,
            @Option(
                            names = "--yes",
                            description = "Says that this is meant. Nothing brings it back.")
                    boolean meant) {
        if (!meant) {
            throw new CommandFailure("This cannot be undone. Say --yes to erase " + key + ".");
        }
        Json.Obj body = new Members().with("confirm", Optional.of(key)).json();
        String path = "/api/v1/subjects/" + Server.encoded(key) + "/erase";
        try (Server open = server.open(around)) {
            Map<String, Json> erased =
                    Fields.members(open.postAtLength(path, body).json());
            around.out()
                    .println("erased " + Fields.text(erased, "events").orElse("") + " events and "
                            + Fields.text(erased, "tokens").orElse("") + " tokens");
        }
        return 0;
    }
}
