package io.meterport.bootstrap.bench;

import io.meterport.bootstrap.client.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which a measurement works and the processes that it started there; none of them is
 * left once it is closed, whoever closes it. Thread-safe.
 */
final class Workplace implements AutoCloseable {
    private final Path folder;
    private final boolean made;
    private final List<String> jvmOptions;
    private final List<Process> processes = new ArrayList<>();
    private boolean closed;
    private int servers;

    private Workplace(Path folder, boolean made, List<String> jvmOptions) {
        this.folder = folder;
        this.made = made;
        this.jvmOptions = jvmOptions;
    }

    /**
     * In that folder, or in a temporary one.
     *
     * @param given must be absent or empty: in whatever else there is nothing is touched
     * @param jvmOptions those of the servers
     */
    static Workplace open(Optional<Path> given, List<String> jvmOptions) {
        try {
            if (given.isEmpty()) {
                Path temporary = Files.createTempDirectory("meterport-bench-");
                return new Workplace(temporary, true, jvmOptions);
            }
            Path folder = given.get();
            boolean isNew = !Files.exists(folder);
            if (isNew) {
                Files.createDirectories(folder);
            } else if (!isEmpty(folder)) {
                throw new CommandFailure("The folder " + folder + " is not empty. A measurement"
                        + " makes a store of its own and deletes it: name an empty folder, or one"
                        + " that is not there yet.");
            }
            return new Workplace(folder, isNew, jvmOptions);
        } catch (IOException e) {
            throw new CommandFailure("No folder to work in can be made; name one with --data.");
        }
    }

    /** What kind of file system it lies in, such as ext4. */
    String disk() throws IOException {
        return Files.getFileStore(folder).type();
    }

    /** How many bytes can be written there. */
    long room() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** A new empty folder in it. */
    synchronized Path newFolder() throws IOException {
        return Files.createDirectory(folder.resolve("store-" + ++servers));
    }

    /** A server with the meters of workload W and nothing else. */
    ServerProcess server() throws IOException {
        ServerProcess server = ServerProcess.start(
                newFolder(), Map.of(), Optional.empty(), jvmOptions.toArray(new String[0]));
        keep(server.process());
        Prepared.defineMeters(server);
        return server;
    }

    /** A server that answers with so many bytes and does nothing else. */
    BareRoute bare(int bytes) throws IOException {
        BareRoute bare = BareRoute.start(bytes);
        keep(bare.process());
        return bare;
    }

    /** Stops that server and deletes what it stored. */
    void done(ServerProcess server) throws IOException {
        server.close();
        delete(server.data());
    }

    @Override
    public synchronized void close() {
        closed = true;
        processes.forEach(process -> process.destroyForcibly().onExit().join());
        try {
            if (made) {
                delete(folder);
            } else {
                deleteWithin(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void keep(Process process) {
        processes.add(process);
        if (closed) {
            process.destroyForcibly();
            throw new CommandFailure("Stopped.");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void deleteWithin(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                delete(file);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return; // Somebody else closed it at the same time.
        }
    }
}
