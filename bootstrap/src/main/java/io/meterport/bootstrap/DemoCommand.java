package io.meterport.bootstrap;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.bootstrap.client.CommandFailure;
import io.meterport.bootstrap.client.ServerApi;
import io.meterport.bootstrap.client.ServerOptions;
import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.demo.DemoMeters;
import io.meterport.bootstrap.demo.DemoPage;
import io.meterport.bootstrap.demo.DemoText;
import io.meterport.bootstrap.demo.DemoToken;
import io.meterport.bootstrap.demo.MadeUpEvents;
import io.meterport.bootstrap.logs.Logs;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import io.meterport.domain.json.Json;
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
        description = "Starts a server on this machine with seven weeks of made-up usage, keeps it"
                + " coming, shows it on a page, and prints what to try. Stop it with Ctrl-C.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration PAST = Duration.ofDays(52);
    private static final Duration TRICKLE = Duration.ofSeconds(1);
    private static final long SEED = 20_261_120;
    private static final String PORT = "8888";

    private final Surroundings around;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder, kept afterwards. Default: a temporary one.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where to listen. Default: 8888, or a free port where that is taken."
                    + " The page listens at the next port, or a free one.")
    private Optional<String> port = Optional.empty();

    @Option(names = "--open", description = "Opens the page in the browser.")
    private boolean open;

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
        int pagePort = FreePort.after(port.orElse(PORT));
        try (App app = start(folder, outside, pagePort);
                ServerApi api = new ServerApi(app.url().toString(), key(folder));
                Background background = new Background();
                DemoPage page = new DemoPage(
                        pagePort,
                        app.url(),
                        customer -> token(api, customer, outside),
                        outside.ids())) {
            Instant now = outside.time().instant();
            MadeUpEvents events = new MadeUpEvents(now.minus(PAST), SEED);
            fill(api, events, now);
            background.every(
                    "sending demo events",
                    TRICKLE,
                    () -> api.trickle(events.now(outside.time().instant())));
            Json.Obj request = new Json.Obj(Map.of("subject", new Json.Text(MadeUpEvents.SHOWN)));
            around.out()
                    .print(DemoText.of(
                            page.url().toString(),
                            app.url().toString(),
                            folder.toAbsolutePath().toString(),
                            ServerApi.text(api.createToken(request)),
                            now));
            around.out().flush();
            if (open) {
                Browser.open(page.url());
            }
            UntilStopped.wait(() -> stop(app, folder));
        }
        return 0;
    }

    private void fill(ServerApi api, MadeUpEvents events, Instant now) {
        around.err().println("Making up seven weeks of events ...");
        DemoMeters.all().forEach(meter -> api.createMeter(DemoMeters.slug(meter), meter));
        api.name(MadeUpEvents.names());
        api.send(events.until(now), around.err(), around.terminal());
    }

    private void stop(App app, Path folder) {
        app.close();
        forget(folder);
    }

    /** What was made up in a temporary folder goes with it. */
    private void forget(Path folder) {
        if (data.isPresent()) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CommandFailure("The temporary folder " + folder + " cannot be removed.");
        }
    }

    private static String token(ServerApi api, String customer, Outside outside) {
        Instant now = outside.time().instant();
        return JsonPrinter.text(api.createToken(DemoToken.request(customer, now)));
    }

    private App start(Path folder, Outside outside, int pagePort) {
        try {
            return new App(settings(folder, port.orElse(PORT), pagePort), outside);
        } catch (StartFailure e) {
            if (port.isPresent()) {
                forget(folder);
                throw e;
            }
            return new App(settings(folder, "0", pagePort), outside);
        }
    }

    private static Settings settings(Path folder, String port, int pagePort) {
        return SettingsReader.read(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "server.port",
                        port,
                        "data.dir",
                        folder.toString(),
                        "portal.embed.origins",
                        String.join(",", DemoPage.origins(pagePort)),
                        "portal.playground",
                        "true"));
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
