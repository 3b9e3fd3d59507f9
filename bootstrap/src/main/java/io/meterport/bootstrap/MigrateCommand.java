package io.meterport.bootstrap;

import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the tables of a shared database up to date, whether or not servers use it. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Brings the tables of a shared database up to date. Servers may be using it;"
                + " each does this itself when it starts unless storage.postgres.migrate is false.")
final class MigrateCommand implements Callable<Integer> {
    private final Surroundings around;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file. Default: METERPORT_CONFIG, else none.")
    @SuppressWarnings("FieldCanBeFinal") // The command line's parser sets it.
    private Optional<Path> config = Optional.empty();

    MigrateCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Settings settings = OfflineStore.settings(around, config, Optional.empty());
        OptionalInt steps = Storages.migrate(settings);
        around.out()
                .println(
                        steps.isEmpty()
                                ? "Nothing to do: the storage is brought up to date when it is opened."
                                : steps.getAsInt() == 0
                                        ? "The tables are up to date."
                                        : "The tables are up to date after " + steps.getAsInt()
                                                + " steps.");
        return 0;
    }
}
