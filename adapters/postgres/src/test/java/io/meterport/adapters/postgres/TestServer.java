package io.meterport.adapters.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL of its own, on a free port of 127.0.0.1, with its files in a temporary folder; gone
 * with the tests, however they end. Its programs are those on the class path, or those in the folder
 * that the property {@code postgres.bin} names. It never runs as root. Thread-safe.
 */
public final class TestServer implements AutoCloseable {
    /** Its user, who may do everything. */
    public static final String USER = "meterport";

    /** The user's password. */
    public static final String PASSWORD = "only-for-tests";

    private static final long MOST_SECONDS = 60;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Programs programs;
    private final Path folder;
    private final int port;
    private final List<String> settings;
    private Optional<Process> running = Optional.empty();

    private static final class Shared {
        static final TestServer SERVER = start();
    }

    private TestServer(Programs programs, Path folder, int port, List<String> settings) {
        this.programs = programs;
        this.settings = settings;
        this.folder = folder;
        this.port = port;
    }

    /** The one that most tests share. */
    public static TestServer shared() {
        return Shared.SERVER;
    }

    /** A new one, with those settings beside the usual ones or instead of them: {@code name=value}. */
    public static TestServer start(String... settings) {
        Programs programs = Programs.find();
        Path folder = programs.newFolder();
        TestServer server = new TestServer(programs, folder, freePort(), List.of(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        programs.initialize(folder.resolve("data"), USER, PASSWORD);
        server.resume();
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Starts it again after {@link #stop} or {@link #kill}. */
    public synchronized void resume() {
        running = Optional.of(programs.start(folder, port, settings));
        awaitReady();
    }

    /** Stops it as an operator would, cutting every connection. */
    public synchronized void stop() {
        end("INT");
    }

    /** Kills all of it at once, as a crash would. */
    public synchronized void kill() {
        end("QUIT");
    }

    /** The URL of that database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The options that lead to that database. */
    public Map<String, String> options(String database) {
        return Map.of("url", url(database), "user", USER, "password", PASSWORD);
    }

    /** A new, empty database. */
    public String newDatabase() {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("postgres", "create database " + name + " strategy file_copy");
        return name;
    }

    /** A new database that is a copy of another, which nobody has open. */
    public String newDatabase(String template) {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("postgres", "create database " + name + " template " + template);
        return name;
    }

    /** Runs that statement outside of any transaction. */
    public void execute(String database, String statement) {
        try (Connection connection = connect(database);
                Statement direct = connection.createStatement()) {
            direct.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection of the caller's own. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, PASSWORD);
    }

    @Override
    public synchronized void close() {
        end("QUIT");
        Programs.delete(folder);
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!isReady()) {
            if (System.nanoTime() > deadline || !running.orElseThrow().isAlive()) {
                throw new IllegalStateException(
                        "PostgreSQL does not start: " + programs.log(folder));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean isReady() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void end(String signal) {
        running.ifPresent(process -> programs.end(process, signal));
        running = Optional.empty();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
