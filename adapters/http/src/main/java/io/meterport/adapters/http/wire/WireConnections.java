package io.meterport.adapters.http.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.BadRequestException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/** Makes of each connection an HTTP/1.1 connection of Helidon's over a {@link Wire}. */
final class WireConnections implements ServerConnectionSelector {
    private static final int MOST_REQUEST_LINE_BYTES = 16_384;

    private final Deadlines deadlines;
    private final TimeLimits limits;
    private final Http1ConnectionSelector http1;

    WireConnections(Deadlines deadlines, TimeLimits limits) {
        this.deadlines = deadlines;
        this.limits = limits;
        this.http1 = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        // Clients send raw brackets in queries; Target reads it more strictly.
                        .validatePrologue(false)
                        .validatePath(false)
                        .maxPrologueLength(MOST_REQUEST_LINE_BYTES)
                        .sendKeepAliveHeader(false)
                        .addReceiveListener(new HeadersRead())
                        .addSendListener(new NoLengthOfNothing())
                        .build())
                .build();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Wire wire = new Wire(context, limits);
        return new Watched(wire, (Http1Connection) http1.connection(wire), deadlines);
    }

    private static final class HeadersRead implements Http1ConnectionListener {
        /** No client sends a fragment, and Helidon would drop it (RFC 9112, 3.2). */
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            ((Wire) context).begin();
            if (prologue.fragment().hasValue()) {
                throw new BadRequestException("the target has a fragment");
            }
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            for (Header header : headers) {
                if (header.name().isEmpty()) {
                    throw new BadRequestException("a header has no name");
                }
            }
            boolean chunked = headers.contains(HeaderNames.TRANSFER_ENCODING);
            ((Wire) context).headersRead(chunked);
        }
    }

    /** Helidon gives a length of zero to what must not have any (RFC 9110, 8.6). */
    private static final class NoLengthOfNothing implements Http1ConnectionListener {
        @Override
        public void status(ConnectionContext context, Status status) {
            ((Wire) context).answers(status);
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (((Wire) context).answersWithoutBody()
                    && headers instanceof WritableHeaders<?> sent) {
                sent.remove(HeaderNames.CONTENT_LENGTH);
            }
        }
    }

    /** A connection that is watched for as long as it is served. */
    private record Watched(Wire wire, Http1Connection inner, Deadlines deadlines)
            implements ServerConnection, InterruptableTask<Void> {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            deadlines.watch(wire);
            try {
                ScopedValue.where(Wire.CURRENT, wire).call(() -> {
                    inner.handle(limit);
                    return this;
                });
            } finally {
                deadlines.forget(wire);
            }
        }

        /**
         * Whoever asks interrupts at once if it may, and by then a request may have come in. So the
         * answer yes also means that none is begun any more.
         */
        @Override
        public boolean canInterrupt() {
            return wire.refuseIf(inner::canInterrupt);
        }

        @Override
        public Duration idleTime() {
            return inner.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            inner.close(interrupt && canInterrupt());
        }
    }
}
