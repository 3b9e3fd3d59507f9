package io.meterport.bootstrap.proof;

import io.meterport.bootstrap.bench.RawConnection;
import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.ledger.Meters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Starts the servers that the proofs are about. */
final class Servers {
    /** A JVM for many short lives: it starts sooner and stays small. */
    private static final String[] SMALL = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"
    };

    private Servers() {}

    static ServerProcess start(Path data) throws IOException {
        return ServerProcess.start(data, SMALL);
    }

    /** Makes the meters that the traffic is counted by. */
    static void defineMeters(ServerProcess server) throws IOException {
        for (String meter : Meters.definitions().values()) {
            post(server, "/api/v1/meters", meter);
        }
    }

    static String post(ServerProcess server, String path, String body) throws IOException {
        byte[] json = body.getBytes(StandardCharsets.UTF_8);
        return exchange(server, RawConnection.post(path, server.key(), "application/json", json));
    }

    static String get(ServerProcess server, String path) throws IOException {
        return exchange(server, RawConnection.get(path, server.key()));
    }

    /** Restores that backup with the command that operators use. */
    static void restore(Path backup, Path data) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.meterport.bootstrap.Main",
                        "restore",
                        backup.toString(),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("it was not restored: " + said);
        }
    }

    private static String exchange(ServerProcess server, byte[] request) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            int status = connection.exchange(request);
            if (!List.of(200, 201, 204).contains(status)) {
                throw new IllegalStateException(status + " " + connection.body());
            }
            return connection.body();
        }
    }
}
