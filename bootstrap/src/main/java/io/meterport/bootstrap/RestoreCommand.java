package io.meterport.bootstrap;

import io.meterport.bootstrap.client.CommandFailure;
import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.subject.Namespace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a backup in place where no server runs. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Puts a backup into the data folder, and ends every portal token in it, since"
                + " it cannot know which were revoked later. No server may be running there.")
final class RestoreCommand implements Callable<Integer> {
    private static final String ACTOR = "restore";

    private final Surroundings around;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The backup. Not needed with --mark.")
    @SuppressWarnings("FieldCanBeFinal") // The command line's parser sets it.
    private Optional<Path> backup = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder: data.dir.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file. Default: METERPORT_CONFIG, else none.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--replace",
            description = "Moves a database that is there aside, instead of refusing.")
    private boolean replace;

    @Option(
            names = "--mark",
            description = "Restores nothing, and only ends every token: for a data folder or"
                    + " a database that was restored by other means, such as a snapshot.")
    private boolean mark;

    RestoreCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Settings settings = OfflineStore.settings(around, config, data);
        Outside outside = Outside.real(Map.of());
        if (mark) {
            mark(settings, outside);
        } else {
            restore(settings, outside);
        }
        around.out().println("""
                Every portal token made before now is dead; backends make new ones.
                API keys revoked since the backup was made are valid again: list them, revoke them anew.
                Events that came since are missing; senders may send them again, none counts twice.""");
        return 0;
    }

    private void restore(Settings settings, Outside outside) {
        Path file = backup.orElseThrow(
                () -> new CommandFailure("Name the backup to restore, or say --mark."));
        Instant now = outside.time().instant();
        Path aside =
                settings.data().folder().resolve("replaced-" + now.toString().replace(":", ""));
        Path made = Storages.restore(
                settings, file, replace ? Optional.of(aside) : Optional.empty(), outside.time());
        around.out().println("Restored " + file + " to " + made + ".");
        if (aside.toFile().exists()) {
            around.out().println("The database that was there is in " + aside + ".");
        }
    }

    private void mark(Settings settings, Outside outside) {
        if (backup.isPresent()) {
            throw new CommandFailure("With --mark no backup is restored; do not name one.");
        }
        Path folder = settings.data().folder();
        if (Storages.needFolder(settings) && !folder.toFile().isDirectory()) {
            throw new CommandFailure("There is no data folder " + folder + ".");
        }
        try (Storages storages = new Storages(settings.storage(), folder, outside.time())) {
            storages.catalog()
                    .revocations()
                    .revoke(
                            Namespace.DEFAULT,
                            new Revocation.Global(),
                            ACTOR,
                            outside.time().instant(),
                            settings.portal().longestTokenLife());
        }
        around.out()
                .println("Marked " + (Storages.needFolder(settings) ? folder : "the database")
                        + " as restored.");
    }
}
