package io.meterport.bootstrap;

import io.meterport.application.spi.MovedDigest;
import io.meterport.application.spi.MovedTable;
import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.settings.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Moves everything from one storage to another, where no server runs. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = "Copies everything from the embedded storage into an empty shared database:"
                + " events, usage, meters, subjects, tokens, revocations, keys, audit. All of it or"
                + " nothing: what was copied is read again and compared before it takes effect. No"
                + " server may be running on either.")
final class CopyCommand implements Callable<Integer> {
    /** So many of a digest are shown; all are compared. */
    private static final int DIGITS = 32;

    private final Surroundings around;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TYPE",
            description = "The type of the storage to copy from: sqlite.")
    @SuppressWarnings("FieldCanBeFinal") // The command line's parser sets it.
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TYPE",
            description = "The type of the storage to copy to: postgres.")
    @SuppressWarnings("FieldCanBeFinal") // The command line's parser sets it.
    private String to = "";

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder: data.dir.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file, which says where both are: storage.sqlite and"
                    + " storage.postgres. Default: METERPORT_CONFIG, else none.")
    private Optional<Path> config = Optional.empty();

    CopyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Settings settings = OfflineStore.settings(around, config, data);
        Outside outside = Outside.real(Map.of());
        MovedDigest moved = Storages.copy(
                settings,
                from,
                to,
                outside.time(),
                table -> around.err().println("copying " + name(table)));
        around.out().println("table                       rows  digest, the same in both");
        for (MovedTable table : MovedTable.values()) {
            MovedDigest.OfTable of = moved.of(table);
            around.out()
                    .printf(
                            Locale.ROOT,
                            "%-16s %,15d  %s%n",
                            name(table),
                            of.rows(),
                            of.digest().substring(0, DIGITS));
        }
        around.out().println("""
                Everything is in the database. Choose it for all servers (storage.events.type and
                storage.catalog.type: postgres), and never start one on the old data again: what one
                of both is told the other does not know.""");
        return 0;
    }

    private static String name(MovedTable table) {
        return table.name().toLowerCase(Locale.ROOT);
    }
}
