package io.meterport.adapters.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A PgBouncer in transaction mode before the shared server, on a free port of 127.0.0.1, with fewer
 * connections to the server than it gives out; gone with the tests, however they end. Its program is
 * the one that the property {@code pgbouncer} names, else {@code pgbouncer} of the PATH; where there
 * is none, tests fail.
 */
final class TestBouncer implements AutoCloseable {
    /** So many connections to the server for each database. */
    static final int SERVER_CONNECTIONS = 4;

    private static final long MOST_SECONDS = 60;
    private static final String UNTIL_INPUT_ENDS =
            "\"$@\" </dev/null & bouncer=$!; read -r end; kill $bouncer; wait $bouncer";

    private final Path folder;
    private final int port;
    private final Process process;

    private static final class Shared {
        static final TestBouncer BOUNCER = start();
    }

    private TestBouncer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** The one that tests share. */
    static TestBouncer shared() {
        return Shared.BOUNCER;
    }

    /** The options that lead to that database through it. */
    Map<String, String> options(String database) {
        Map<String, String> options = new LinkedHashMap<>(TestServer.shared().options(database));
        options.put("url", url(database));
        options.put("prepared", "false"); // Before 1.21 it knows nothing of prepared statements.
        return options;
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        try (OutputStream input = process.getOutputStream()) {
            input.write('\n');
        } catch (IOException e) {
            process.destroyForcibly();
        }
        Programs.delete(folder);
    }

    private static TestBouncer start() {
        try {
            Path folder = Files.createTempDirectory("mp-bouncer");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            int port = freePort();
            Path users = folder.resolve("users.txt");
            Files.writeString(
                    users, "\"%s\" \"%s\"\n".formatted(TestServer.USER, TestServer.PASSWORD));
            Path config = folder.resolve("pgbouncer.ini");
            Files.writeString(config, """
                    [databases]
                    * = host=127.0.0.1 port=%d

                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = scram-sha-256
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = %d
                    max_client_conn = 500
                    ignore_startup_parameters = extra_float_digits
                    """.formatted(
                            TestServer.shared().port(), port, users, SERVER_CONNECTIONS));
            TestBouncer bouncer = new TestBouncer(folder, port, run(folder, config));
            Runtime.getRuntime().addShutdownHook(new Thread(bouncer::close));
            bouncer.awaitReady();
            return bouncer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process run(Path folder, Path config) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, "bouncer"));
        if (System.getProperty("user.name").equals("root")) { // It refuses to run as root.
            command.addAll(List.of(
                    "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        }
        command.add(System.getProperty("pgbouncer", "pgbouncer"));
        command.add(config.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!isReady()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IllegalStateException("pgbouncer does not start: " + log());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean isReady() {
        try (Connection connection = DriverManager.getConnection(
                url("postgres"), TestServer.USER, TestServer.PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "it said nothing";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
