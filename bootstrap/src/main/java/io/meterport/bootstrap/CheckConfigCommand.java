package io.meterport.bootstrap;

import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads the configuration as {@code serve} would, and starts nothing. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        description = "Reads the configuration as serve would and says what is wrong with it.")
final class CheckConfigCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServeOptions options = new ServeOptions();

    CheckConfigCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Settings settings = options.settings(around.environment());
        Storages.check(settings.storage(), settings.data().folder());
        SettingsReader.warnings(around.environment()).forEach(around.err()::println);
        around.out().println("The configuration is sound.");
        return 0;
    }
}
