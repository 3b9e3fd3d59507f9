package io.meterport.adapters.http.wire;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * One client's connection, with a limit of time on each blocking read and write and of bytes on
 * each request. It stands between Helidon and its socket, so that the limits hold whatever Helidon
 * is waiting for: a request line, headers, a chunk size that never ends, or a reader that is slow.
 *
 * <p>Only {@link #cutIfLate} may be called from another thread.
 */
final class Wire implements ConnectionContext {
    /** The connection that the current thread serves. */
    static final ScopedValue<Wire> CURRENT = ScopedValue.newInstance();

    private static final long NO_DEADLINE = 0;
    /** How much of a body that nobody wants is read so that the client can read the answer. */
    private static final long MOST_LINGERING_BYTES = 64L << 20;
    /** What framing may add to a body: chunk sizes, line ends, and what comes after it. */
    private static final long FRAMING_BYTES = 1L << 20;

    private enum Stage {
        IDLE,
        HEAD,
        BODY
    }

    private final ConnectionContext inner;
    private final HelidonSocket socket;
    private final TimeLimits limits;
    private final DataReader reader = DataReader.create(this::pull);
    private final DataWriter writer;
    private final AtomicLong deadline = new AtomicLong(NO_DEADLINE);
    private volatile Thread reading = Thread.currentThread();
    private Stage stage = Stage.HEAD;
    private long stageSince = System.nanoTime();
    private long bodyBytes;
    private long mostBodyBytes;
    private Optional<ChunkedFraming> framing = Optional.empty();
    private Status answered = Status.OK_200;
    private boolean streaming;
    private long answerSince = NO_DEADLINE;
    private long answerBytes;
    private boolean refused;

    Wire(ConnectionContext inner, TimeLimits limits) {
        this.inner = inner;
        this.socket = inner.serverSocket();
        this.limits = limits;
        this.writer = new WireWriter(inner.dataWriter(), this);
    }

    /** The headers of a request have been read; some of its body may have come with them. */
    void headersRead(boolean chunked) {
        enter(Stage.BODY);
        bodyBytes = 0;
        mostBodyBytes = FRAMING_BYTES;
        framing = Optional.empty();
        if (chunked) {
            ChunkedFraming begun = new ChunkedFraming();
            int here = reader.available();
            if (here > 0) {
                begun.read(reader.getBuffer(here).readBytes());
            }
            framing = Optional.of(begun);
        }
    }

    /** Whether the head of a request has been begun and is not over. */
    boolean isReadingHead() {
        return stage == Stage.HEAD;
    }

    /** Whether the body's chunks break the rules as far as they have come. */
    boolean isMisframed() {
        return framing.map(ChunkedFraming::isWrong).orElse(false);
    }

    /** The status of the answer that is being sent. */
    void answers(Status status) {
        answered = status;
    }

    /** A request begins, unless none is to begin any more; then the connection is closed. */
    synchronized void begin() {
        if (refused) {
            throw new CloseConnectionException("the server is stopping");
        }
    }

    /** Lets no request begin any more if none is under way, and tells whether that is so. */
    synchronized boolean refuseIf(BooleanSupplier isBetweenRequests) {
        refused |= isBetweenRequests.getAsBoolean();
        return refused;
    }

    /** Whether that answer is one that never has a body. */
    boolean answersWithoutBody() {
        return answered.code() == 204 || answered.code() == 304;
    }

    /** The body that follows may have so many bytes; framing is on top. */
    void expectBody(long mostBytes) {
        mostBodyBytes = 2 * mostBytes + FRAMING_BYTES;
    }

    /** The request has been answered, and its body is used up. */
    void requestDone() {
        enter(Stage.IDLE);
        answerSince = NO_DEADLINE;
    }

    /**
     * Reads and drops what the client still sends, until it pauses or has had time enough. Closing a
     * socket with unread bytes resets it, and the client would lose the answer that tells it what was
     * wrong; many read it only when they have sent everything.
     */
    void linger() {
        long end = System.nanoTime() + limits.lingerInAll().toNanos();
        long dropped = 0;
        try {
            while (dropped < MOST_LINGERING_BYTES) {
                long pause = System.nanoTime() + limits.linger().toNanos();
                byte[] bytes = get(pause - end < 0 ? pause : end);
                if (bytes == null) {
                    return;
                }
                dropped += bytes.length;
            }
        } catch (ServerConnectionException e) {
            // The client is gone, or the time is up.
        }
    }

    /** Waits for the socket no longer than that, from now until {@link #done}. */
    void begin(long nanoTime) {
        deadline.set(nanoTime == NO_DEADLINE ? 1 : nanoTime);
    }

    /** Ends what {@link #begin} began. */
    void done() {
        deadline.set(NO_DEADLINE);
    }

    /**
     * From now on each write is short, and a client that does not take it is too slow. Interrupts
     * this thread as soon as the client is gone, which a writer with nothing to write would not
     * notice. What the client still sends is dropped.
     *
     * @return ends the watch when closed
     */
    Watch streaming() {
        streaming = true;
        Watch watch = new Watch(Thread.currentThread());
        Thread.ofVirtual().start(() -> {
            try {
                while (socket.get() != null) {
                    // Nothing is expected here.
                }
            } catch (RuntimeException e) {
                // Gone as well.
            }
            watch.gone();
        });
        return watch;
    }

    /** Waits for the end of the connection while an answer goes on. */
    static final class Watch implements AutoCloseable {
        private final Thread writer;
        private boolean over;

        private Watch(Thread writer) {
            this.writer = writer;
        }

        private synchronized void gone() {
            if (!over) {
                writer.interrupt();
            }
        }

        @Override
        public synchronized void close() {
            over = true;
        }
    }

    /**
     * From now on many writes make one answer, for all of which there is time by their size.
     *
     * @return ends that when closed
     */
    Watch answering() {
        answerSince = System.nanoTime();
        answerBytes = 0;
        return new Watch(Thread.currentThread());
    }

    /** When a write of so many bytes that begins now has to be over. */
    long writeDeadline(long bytes) {
        if (streaming) {
            return System.nanoTime() + limits.stream().toNanos();
        }
        if (answerSince == NO_DEADLINE) {
            return System.nanoTime() + limits.write().toNanos();
        }
        answerBytes += bytes;
        return answerSince + limits.write().toNanos() + TimeLimits.nanosFor(answerBytes);
    }

    /** Closes the socket if it is being waited for and the time is up. */
    void cutIfLate(long now) {
        long due = deadline.get();
        if (due == NO_DEADLINE || now - due < 0 || !deadline.compareAndSet(due, NO_DEADLINE)) {
            return;
        }
        try {
            socket.close();
        } catch (RuntimeException e) {
            // A socket half gone cannot be shut down; interrupting its reader closes it.
            reading.interrupt();
        }
    }

    private byte[] pull() {
        byte[] bytes = get(pullDeadline());
        received(bytes);
        return bytes;
    }

    /** A null array is Helidon's word for the end of the stream. */
    private void received(byte[] bytes) {
        if (bytes == null) {
            return;
        }
        switch (stage) {
            case IDLE -> enter(Stage.HEAD);
            case HEAD -> {}
            case BODY -> {
                count(bytes.length);
                framing.ifPresent(chunks -> chunks.read(bytes));
            }
        }
    }

    private long pullDeadline() {
        return switch (stage) {
            case IDLE -> System.nanoTime() + limits.idle().toNanos();
            case HEAD -> stageSince + limits.headers().toNanos();
            case BODY -> stageSince + limits.body().toNanos() + TimeLimits.nanosFor(bodyBytes);
        };
    }

    private byte[] get(long due) {
        reading = Thread.currentThread();
        begin(due);
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("cannot read from the socket", e);
        } finally {
            done();
        }
    }

    private void count(int bytes) {
        bodyBytes += bytes;
        if (bodyBytes > mostBodyBytes) {
            throw new OversizedBody();
        }
    }

    private void enter(Stage next) {
        stage = next;
        stageSince = System.nanoTime();
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public ListenerContext listenerContext() {
        return inner.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return inner.executor();
    }

    @Override
    public Router router() {
        return inner.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return inner.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket;
    }

    @Override
    public PeerInfo remotePeer() {
        return inner.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return inner.localPeer();
    }

    @Override
    public boolean isSecure() {
        return inner.isSecure();
    }

    @Override
    public String socketId() {
        return inner.socketId();
    }

    @Override
    public String childSocketId() {
        return inner.childSocketId();
    }
}
