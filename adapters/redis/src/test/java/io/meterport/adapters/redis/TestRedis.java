package io.meterport.adapters.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis of its own, on a free port of 127.0.0.1, that keeps nothing on the disk. Its program is the
 * one that the property {@code redis.server} names, else {@code redis-server} of the PATH; where there
 * is none, tests fail.
 */
public final class TestRedis implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> command;
    private final int port;
    private Process process;

    private TestRedis(String program, int port, List<String> options) {
        this.port = port;
        this.command = new ArrayList<>(List.of(
                program,
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                System.getProperty("java.io.tmpdir")));
        command.addAll(options);
        this.process = run();
    }

    /** One of the system's, with further options of its command line. */
    public static TestRedis start(String... options) {
        return of(System.getProperty("redis.server", "redis-server"), options);
    }

    static TestRedis of(String program, String... options) {
        TestRedis redis = new TestRedis(program, freePort(), List.of(options));
        Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
        return redis;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** How to connect to it. */
    public RedisOptions options() {
        return options(port);
    }

    /** How to connect to it by a proxy on that port. */
    public static RedisOptions options(int port) {
        return new RedisOptions(
                "127.0.0.1",
                port,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "meterport");
    }

    /** Waits until it answers; not for one that wants a password or speaks TLS. */
    public TestRedis ready() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (RedisClient client = client()) {
                client.ping();
                return this;
            } catch (JedisException e) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new IllegalStateException("redis-server does not start", e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    /** Somebody who may do everything. */
    public RedisClient client() {
        return RedisClient.builder()
                .hostAndPort(new HostAndPort("127.0.0.1", port))
                .clientConfig(DefaultJedisClientConfig.builder().resp2().build())
                .build();
    }

    /** Kills it; what it knew is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again, empty. */
    public TestRedis restart() {
        process = run();
        return ready();
    }

    /** Stops it in the middle of what it does. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, "" + process.pid())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process run() {
        try {
            Path log = Files.createTempFile("redis", ".log");
            log.toFile().deleteOnExit();
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("redis-server was not found: install it", e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
