package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers with the meters of workload W, and what they are filled with before they are measured. */
final class Stores {
    /** How many daily windows a query has. */
    static final int DAYS = Prepared.DAYS;

    /** The events of a store in which every subject has one on each day. */
    static final int EVENTS_OF_EACH_DAY = Prepared.EVENTS_OF_EACH_DAY;

    private Stores() {}

    /** Something done in a folder. */
    interface Place {
        void in(Path folder) throws IOException;
    }

    /** Something done with a server. */
    interface Use {
        void with(ServerProcess server) throws IOException;
    }

    static void inNewServer(Use use) throws IOException {
        inNewFolder(data -> {
            try (ServerProcess server = start(data, Map.of())) {
                defineMeters(server);
                use.with(server);
            }
        });
    }

    static void inNewFolder(Place place) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "bench");
        try {
            place.in(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static ServerProcess start(Path data, Map<String, String> environment) throws IOException {
        return ServerProcess.start(
                data, environment, Optional.empty(), "-XX:+UseSerialGC", "-Xmx512m");
    }

    static void defineMeters(ServerProcess server) throws IOException {
        Prepared.defineMeters(server);
    }

    static void fillEachDay(ServerProcess server) {
        Prepared.fillEachDay(server);
    }

    static void fill(ServerProcess server, int events) {
        Prepared.fill(server, events);
    }

    static String[] tokens(ServerProcess server) throws IOException {
        return Prepared.tokens(server);
    }
}
