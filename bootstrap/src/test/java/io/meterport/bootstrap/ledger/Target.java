package io.meterport.bootstrap.ledger;

import java.util.concurrent.TimeUnit;

/** Where the server is now; clients wait here while it is down. Thread-safe. */
public final class Target {
    private static final long PATIENCE_MINUTES = 5;

    /** A server that can be asked. */
    record Address(int port, String key) {}

    private Address address = new Address(0, "");
    private boolean isUp;

    /** The server is there. */
    public synchronized void up(int port, String key) {
        address = new Address(port, key);
        isUp = true;
        notifyAll();
    }

    /** The server is gone, or about to be. */
    public synchronized void down() {
        isUp = false;
    }

    /** Waits until there is a server and returns where. */
    synchronized Address await() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        try {
            while (!isUp) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException("the server did not come back");
                }
                wait(left);
            }
            return address;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
