package io.meterport.bootstrap.client;

import io.meterport.bootstrap.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which server to talk to, and with which key; a key is never given on the command line. */
public final class ServerOptions {
    /** The file in the data folder that holds the first admin key. */
    public static final String ADMIN_KEY_FILE = "admin-key";

    private static final String DEFAULT_URL = "http://127.0.0.1:8888";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where the server listens. Default: METERPORT_URL, else " + DEFAULT_URL + ".")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data folder, whose file admin-key holds the key to use"
                    + " where METERPORT_API_KEY is not set.")
    private Optional<Path> data = Optional.empty();

    /** The data folder, where one is named. */
    Optional<Path> data() {
        return data;
    }

    /** A client of that server; to be closed. */
    Server open(Surroundings around) {
        Map<String, String> environment = around.environment();
        String where = url.or(() -> Optional.ofNullable(environment.get("METERPORT_URL")))
                .orElse(DEFAULT_URL);
        return new Server(checked(where), key(environment));
    }

    private Optional<String> key(Map<String, String> environment) {
        Optional<String> given = Optional.ofNullable(environment.get("METERPORT_API_KEY"))
                .filter(text -> !text.isBlank());
        return data.isEmpty() && given.isPresent() ? given : stored(environment).or(() -> given);
    }

    /** The key of the data folder named, which must be there, or of the usual one if it is there. */
    private Optional<String> stored(Map<String, String> environment) {
        Path folder = data.orElseGet(
                () -> Path.of(Optional.ofNullable(environment.get("METERPORT_DATA_DIR"))
                        .orElseGet(() -> SettingsReader.defaults().get("data.dir"))));
        Path file = folder.resolve(ADMIN_KEY_FILE);
        if (data.isEmpty() && !Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new CommandFailure("The key file " + file + " does not exist or cannot be read.");
        }
    }

    private static String checked(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            }
        } catch (URISyntaxException e) {
            // Told below, like every other text that is no such address.
        }
        throw new CommandFailure("The server's URL must look like " + DEFAULT_URL + ".");
    }
}
