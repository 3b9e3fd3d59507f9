package io.meterport.adapters.sqlite.file;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fixed number of connections for reading. Each reading sees one state of the file, from its first
 * statement to its last, and is stopped at its deadline. Thread-safe.
 */
public final class Readers implements AutoCloseable {
    /** What is read in one go. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(Session session) throws SQLException;
    }

    @FunctionalInterface
    private interface Connecting {
        Session connect() throws SQLException;
    }

    private record Idle(Session session, long generation) {}

    private final DatabaseFile file;
    private final Semaphore free;
    private final long timeoutNanos;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private final AtomicLong generation = new AtomicLong();
    private final Semaphore patient = new Semaphore(1);
    private volatile Optional<Session> atLength = Optional.empty();
    private volatile boolean closed;

    public Readers(DatabaseFile file) {
        this.file = file;
        this.free = new Semaphore(file.options().readers(), true);
        this.timeoutNanos = file.options().queryTimeout().toNanos();
    }

    /**
     * Reads one state of the file.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code overloaded}, {@code
     *     query-timeout} or {@code storage-unavailable}
     */
    public <T> T read(Reading<T> reading) {
        enter();
        try {
            return onSession(reading);
        } finally {
            free.release();
        }
    }

    /**
     * Reads one state of the file for as long as it takes, on a connection of its own; one at a time.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code already-running} if another does
     *     so now, {@code query-timeout} if it was stopped by the end of all, {@code
     *     storage-unavailable}
     */
    public <T> T readAtLength(Reading<T> reading) {
        return atLength(file::reader, session -> {
            session.beginPatiently();
            return reading.read(session);
        });
    }

    /** The same on a connection that may write another file, and outside a transaction. */
    <T> T copyAtLength(Reading<T> reading) {
        return atLength(file::copier, reading);
    }

    private <T> T atLength(Connecting connecting, Reading<T> reading) {
        if (!patient.tryAcquire()) {
            throw new ProblemException(new Problem.Conflict(
                    "already-running", "A backup or a verification is running already."));
        }
        try (Session session = connecting.connect()) {
            atLength = Optional.of(session);
            if (closed) {
                throw Failure.overloaded();
            }
            return reading.read(session);
        } catch (SQLException | RuntimeException e) {
            Failure failure = Failure.of(e);
            failure.log(e);
            throw failure.problem(e)
                    .<RuntimeException>map(problem -> problem)
                    .orElseGet(() -> unexpected(e));
        } finally {
            atLength = Optional.empty();
            patient.release();
        }
    }

    /** Closes what is idle, and what is in use as soon as it no longer is. */
    void closeAll() {
        generation.incrementAndGet();
        for (Idle next = idle.poll(); next != null; next = idle.poll()) {
            closeQuietly(next.session());
        }
    }

    /** Waits for those that read, and refuses all others from now on. */
    @Override
    public void close() {
        closed = true;
        atLength.ifPresent(Session::stop);
        patient.acquireUninterruptibly();
        free.acquireUninterruptibly(file.options().readers());
        closeAll();
        free.release(file.options().readers());
    }

    private void enter() {
        try {
            if (closed || !free.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS)) {
                throw Failure.overloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.overloaded();
        }
        if (closed) {
            free.release();
            throw Failure.overloaded();
        }
    }

    private <T> T onSession(Reading<T> reading) {
        long born = generation.get();
        Idle found = idle.poll();
        Session session = null;
        boolean usable = false;
        try {
            born = found == null ? born : found.generation();
            session = found == null ? file.reader() : found.session();
            session.begin(timeoutNanos);
            T result = reading.read(session);
            usable = true;
            return result;
        } catch (SQLException | RuntimeException e) {
            Failure failure = Failure.of(e);
            failure.log(e);
            usable = session != null && !failure.breaksConnections();
            throw failure.problem(e)
                    .<RuntimeException>map(problem -> problem)
                    .orElseGet(() -> unexpected(e));
        } finally {
            if (session != null) {
                leave(session, born, usable);
            }
        }
    }

    private void leave(Session session, long born, boolean usable) {
        try {
            session.end();
        } catch (SQLException e) {
            closeQuietly(session);
            return;
        }
        if (usable && born == generation.get()) {
            idle.push(new Idle(session, born));
        } else {
            closeQuietly(session);
        }
    }

    static RuntimeException unexpected(Throwable thrown) {
        return thrown instanceof RuntimeException e
                ? e
                : new IllegalStateException("SQLite refused a statement of ours", thrown);
    }

    static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (SQLException | RuntimeException e) {
            // It was to be thrown away because it is broken; that it says so once more is no news.
        }
    }
}
