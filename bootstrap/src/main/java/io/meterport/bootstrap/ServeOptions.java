package io.meterport.bootstrap;

import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The configuration file, and the few settings that are often wanted without one. */
final class ServeOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration, in YAML. Default: METERPORT_CONFIG, else none.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--host", paramLabel = "HOST", description = "Where to listen: server.host.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where to listen: server.port; 0 picks a free one.")
    private Optional<String> port = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder: data.dir.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--auth",
            paramLabel = "TYPE",
            description = "keys, or none on a loopback address: auth.type.")
    private Optional<String> auth = Optional.empty();

    /** The settings of the file, the environment and these options. */
    Settings settings(Map<String, String> environment) {
        Map<String, String> options = new LinkedHashMap<>();
        host.ifPresent(text -> options.put("server.host", text));
        port.ifPresent(text -> options.put("server.port", text));
        data.ifPresent(text -> options.put("data.dir", text));
        auth.ifPresent(text -> options.put("auth.type", text));
        Optional<Path> file = config.or(
                () -> Optional.ofNullable(environment.get("METERPORT_CONFIG")).map(Path::of));
        return SettingsReader.read(file, environment, options);
    }
}
