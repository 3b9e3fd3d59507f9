package io.meterport.bootstrap;

import io.meterport.bootstrap.AdminKeyFile.FirstKey;
import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.logs.Logs;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the server until the process is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Runs the server, and prints one line when it is ready. Stop it with Ctrl-C or"
                        + " SIGTERM.")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServeOptions options = new ServeOptions();

    ServeCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Settings settings = options.settings(around.environment());
        Logs.send(settings.logging(), around.err());
        var logger = System.getLogger(ServeCommand.class.getName());
        SettingsReader.warnings(around.environment())
                .forEach(warning -> logger.log(Level.WARNING, warning));
        try (App app = new App(settings, Outside.real(around.environment()))) {
            app.firstKey().ifPresent(this::tell);
            around.out().println("listening on " + app.url());
            UntilStopped.wait(app);
        }
        return 0;
    }

    /** The key itself only to a person's eyes, never into a file or a log. */
    private void tell(FirstKey first) {
        around.err().println("The first admin key is in " + first.file() + ".");
        if (around.terminal()) {
            around.out().println(first.secret().text());
        }
    }
}
