package io.meterport.bootstrap.client;

import io.meterport.domain.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets the server make a backup. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Copies everything while the server runs, into the server's backup folder, looks"
                        + " through the copy, and prints where it is.")
public final class BackupCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the file is called, such as monday.db. Default: the time.")
    private Optional<String> name = Optional.empty();

    public BackupCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Json.Obj body = new Members().with("name", name).json();
        try (Server open = server.open(around)) {
            Map<String, Json> made =
                    Fields.members(open.postAtLength("/api/v1/backups", body).json());
            around.out().println(Fields.text(made, "path").orElse(""));
            around.err()
                    .println(Fields.text(made, "bytes").orElse("") + " bytes, SHA-256 "
                            + Fields.text(made, "sha256").orElse("") + ". It holds usage data and"
                            + " hashes of keys and tokens: keep it as safe as the data folder.");
        }
        return 0;
    }
}
