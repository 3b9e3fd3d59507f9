package io.meterport.bootstrap.ledger;

import io.meterport.bootstrap.bench.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Asks the server over one connection, which is made anew when it breaks. Not thread-safe. */
final class Caller implements AutoCloseable {
    private static final long PAUSE_NANOS = 2_000_000;

    /** Thrown where a request got no answer. */
    static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;

        Unanswered(IOException cause) {
            super(cause.toString(), cause);
        }
    }

    private final Target target;
    private Target.Address at = new Target.Address(0, "");
    private RawConnection connection;

    Caller(Target target) {
        this.target = target;
    }

    /** Asks with an API key, or with that token if one is given; returns the status. */
    int get(String path, String... token) throws Unanswered {
        connect();
        return exchange(RawConnection.get(path, token.length == 0 ? at.key() : token[0]));
    }

    /** Sends that body with the API key and returns the status. */
    int post(String path, String contentType, String body) throws Unanswered {
        connect();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange(RawConnection.post(path, at.key(), contentType, bytes));
    }

    /** The body of the last answer. */
    String body() {
        return connection.body();
    }

    /** Lets a little time pass before something is tried again. */
    static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                // It was of no use any more.
            }
            connection = null;
        }
    }

    private void connect() throws Unanswered {
        Target.Address now = target.await();
        if (connection != null && now.equals(at)) {
            return;
        }
        close();
        try {
            connection = new RawConnection(now.port());
            at = now;
        } catch (IOException e) {
            throw new Unanswered(e);
        }
    }

    private int exchange(byte[] request) throws Unanswered {
        try {
            return connection.exchange(request);
        } catch (IOException | NumberFormatException e) {
            close();
            throw new Unanswered(e instanceof IOException io ? io : new IOException(e));
        }
    }
}
