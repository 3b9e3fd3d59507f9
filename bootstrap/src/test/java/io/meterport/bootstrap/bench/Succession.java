package io.meterport.bootstrap.bench;

import java.io.IOException;

/**
 * One server after the other on the same data folder. Whichever runs ends with it, so that a test
 * that fails leaves none behind. Not thread-safe.
 */
public final class Succession implements AutoCloseable {
    /** Starts a server. */
    @FunctionalInterface
    public interface Start {
        ServerProcess server() throws IOException;
    }

    private final Start start;
    private ServerProcess now;

    /** Starts the first. */
    public Succession(Start start) throws IOException {
        this.start = start;
        this.now = start.server();
    }

    /** The server that runs, or ran last. */
    public ServerProcess now() {
        return now;
    }

    /** Kills the one that runs, unless it ended already, and starts the next. */
    public ServerProcess next() throws IOException {
        now.kill();
        now = start.server();
        return now;
    }

    @Override
    public void close() {
        now.close();
    }
}
