package io.meterport.bootstrap;

import io.meterport.bootstrap.client.CommandFailure;
import io.meterport.bootstrap.client.ServerApi;
import io.meterport.bootstrap.client.ServerOptions;
import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.demo.DemoMeters;
import io.meterport.bootstrap.demo.DemoText;
import io.meterport.bootstrap.demo.MadeUpEvents;
import io.meterport.bootstrap.logs.Logs;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a server of its own with made-up customers, and says what to try. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a server on this machine with two weeks of made-up usage, keeps it"
                + " coming, and prints what to try. Stop it with Ctrl-C.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration PAST = Duration.ofDays(14);
    private static final Duration TRICKLE = Duration.ofSeconds(1);
    private static final long SEED = 20_261_120;

    private final Surroundings around;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder, kept afterwards. Default: a temporary one.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where to listen. Default: 8888, or a free port where that is taken.")
    private Optional<String> port = Optional.empty();

    DemoCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Path folder = data.orElseGet(DemoCommand::temporary);
        Logs.send(
                new Settings.Logging(Settings.LogFormat.TEXT, Settings.LogLevel.WARNING),
                around.err());
        Outside outside = Outside.real(Map.of());
        try (App app = start(folder, outside);
                ServerApi api = new ServerApi(app.url().toString(), key(folder));
                Background background = new Background()) {
            Instant now = outside.time().instant();
            MadeUpEvents events = new MadeUpEvents(now.minus(PAST), SEED);
            around.err().println("Making up two weeks of events ...");
            DemoMeters.all().forEach(meter -> api.createMeter(DemoMeters.slug(meter), meter));
            api.send(events.until(now), around.err(), around.terminal());
            String token = api.createToken(MadeUpEvents.SHOWN);
            background.every(
                    "sending demo events",
                    TRICKLE,
                    () -> api.trickle(events.now(outside.time().instant())));
            around.out()
                    .print(DemoText.of(
                            app.url().toString(), folder.toAbsolutePath().toString(), token, now));
            around.out().flush();
            UntilStopped.wait(() -> stop(app, folder));
        }
        return 0;
    }

    /** What was made up in a temporary folder goes with it. */
    private void stop(App app, Path folder) throws IOException {
        app.close();
        if (data.isEmpty()) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private App start(Path folder, Outside outside) {
        try {
            return new App(settings(folder, port.orElse("8888")), outside);
        } catch (StartFailure e) {
            if (port.isPresent()) {
                throw e;
            }
            return new App(settings(folder, "0"), outside);
        }
    }

    private static Settings settings(Path folder, String port) {
        return SettingsReader.read(
                Optional.empty(),
                Map.of(),
                Map.of("server.port", port, "data.dir", folder.toString()));
    }

    /** The key that the first start of this folder wrote down. */
    private static Optional<String> key(Path folder) {
        try {
            return Optional.of(Files.readString(folder.resolve(ServerOptions.ADMIN_KEY_FILE))
                    .strip());
        } catch (IOException e) {
            throw new CommandFailure("The data folder " + folder + " has no file admin-key.");
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("meterport-demo-");
        } catch (IOException e) {
            throw new CommandFailure("No temporary folder can be made; name one with --data.");
        }
    }
}
