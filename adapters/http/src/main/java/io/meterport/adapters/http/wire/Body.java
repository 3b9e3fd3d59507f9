package io.meterport.adapters.http.wire;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The body of one request. Once reading it has failed, nobody knows where it ends, so that the
 * connection has to be closed: else the rest would be taken for another request.
 */
final class Body {
    private static final int MOST_SKIPPED_BYTES = 1 << 20;
    private static final int UNKNOWN = -1;
    private static final byte[] NOTHING = {};

    private final ServerRequest request;
    private final Wire wire;
    private final BodyBudget budget;
    private int taken;
    private boolean begun;
    private boolean failed;

    Body(ServerRequest request, Wire wire, BodyBudget budget) {
        this.request = request;
        this.wire = wire;
        this.budget = budget;
    }

    /** All of it; empty if there is none. */
    byte[] read(int mostBytes) {
        if (!request.content().hasEntity()) {
            return NOTHING;
        }
        long announced = announced();
        if (announced > mostBytes) {
            failed = true;
            throw tooLarge(mostBytes);
        }
        taken = budget.take(announced == UNKNOWN ? mostBytes : announced);
        begun = true;
        wire.expectBody(mostBytes);
        byte[] bytes = guarded(mostBytes, () -> request.content().inputStream(), mostBytes + 1);
        if (bytes.length > mostBytes) {
            failed = true;
            throw tooLarge(mostBytes);
        }
        if (wire.isMisframed()) {
            failed = true;
            throw malformed("the body's framing");
        }
        return bytes;
    }

    /** Gives back the memory it took. */
    void release() {
        budget.giveBack(taken);
        taken = 0;
    }

    /** Whether some of it may still be on its way. */
    boolean isUnread() {
        return failed || !request.content().consumed();
    }

    /** Whether there is no sense in going on with this connection. */
    boolean mustClose() {
        return failed || (isUnread() && (begun || announced() > MOST_SKIPPED_BYTES || isAwaited()));
    }

    /** Reads and drops what is left; false if that did not work. */
    boolean skip() {
        try {
            request.content().consume();
            return request.content().consumed() && !wire.isMisframed();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private interface Source {
        InputStream open();
    }

    private byte[] guarded(int mostBytes, Source source, int length) {
        try {
            return source.open().readNBytes(length);
        } catch (ServerConnectionException | UncheckedIOException | IOException e) {
            failed = true;
            throw new CloseConnectionException("the client is gone or too slow", e);
        } catch (DataReader.InsufficientDataAvailableException e) {
            failed = true;
            throw malformed("the body ends too early");
        } catch (OversizedBody e) {
            failed = true;
            throw tooLarge(mostBytes);
        } catch (RequestException e) {
            failed = true;
            throw e.status().code() == 413 ? tooLarge(mostBytes) : malformed("the body's framing");
        } catch (CloseConnectionException e) {
            failed = true;
            throw e;
        } catch (RuntimeException e) {
            failed = true;
            throw malformed("the body's framing");
        }
    }

    private long announced() {
        return request.headers().contentLength().orElse(UNKNOWN);
    }

    /** A client that waits for "100 Continue" does not send a body after a final answer. */
    private boolean isAwaited() {
        List<String> expect = request.headers().all(HeaderNames.EXPECT, List::of);
        return !expect.isEmpty() && !request.content().consumed();
    }

    private static ProblemException malformed(String what) {
        return new ProblemException(new Problem.Invalid(
                "malformed-request", "The HTTP request is malformed: " + what + "."));
    }

    private static ProblemException tooLarge(int mostBytes) {
        return new ProblemException(new Problem.TooLarge(
                "body-too-large", "The body may hold at most " + mostBytes + " bytes."));
    }
}
