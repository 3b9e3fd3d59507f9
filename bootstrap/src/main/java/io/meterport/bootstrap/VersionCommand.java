package io.meterport.bootstrap;

import io.meterport.bootstrap.client.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which Meterport this is, and on which Java it runs. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {
    private final Surroundings around;

    VersionCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        around.out().println("meterport " + Version.text() + " on Java " + Runtime.version());
        return 0;
    }
}
