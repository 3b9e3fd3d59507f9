package io.meterport.adapters.sqlite.file;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The writer's connection, which is never trusted again after it failed: an operating system may
 * report a failed flush only once, so that a second try on the same handle would seem to succeed.
 * Then all connections are closed, and the next transaction begins on new ones. On a full disk only
 * this one is.
 */
final class WriterSession {
    /** After so many failures of the disk within a minute nothing is written until a restart. */
    private static final int MOST_FAILURES = 3;

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Readers can keep the log from being used again; when it is this long they have to wait. */
    private static final long MOST_LOG_BYTES = 256L << 20;

    /** A disk that moves 8 MiB a second is slow, and not stuck. */
    private static final long SLOW_BYTES_PER_MILLI = (8L << 20) / 1_000;

    private static final long BETWEEN_TRIMS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DatabaseFile file;
    private final Readers readers;
    private final List<Kept> kept;
    private final Heartbeat heartbeat;
    private Optional<Session> session = Optional.empty();
    private boolean mustCheck;
    private boolean mustRemember;
    private boolean readOnly;
    private int failures;
    private long firstFailure;
    private long lastTrim = System.nanoTime();

    WriterSession(DatabaseFile file, Readers readers, List<Kept> kept, Heartbeat heartbeat) {
        this.file = file;
        this.readers = readers;
        this.kept = List.copyOf(kept);
        this.heartbeat = heartbeat;
    }

    /** Opens it, or throws why not. */
    void openFirst() {
        try {
            open();
        } catch (SQLException e) {
            throw Readers.unexpected(e);
        }
    }

    /** Carries the work out in a transaction of its own; empty, or why that failed. */
    Optional<RuntimeException> write(Work work) {
        if (readOnly) {
            return Optional.of(Failure.unavailable(new SQLException("read-only after failures")));
        }
        heartbeat.leaves(file.options().busyTimeout().plus(whileMoved()));
        Optional<RuntimeException> failure = attempt(work);
        heartbeat.returns();
        return failure;
    }

    /** How long a slow disk may take for moving the log into the file, which any commit may begin. */
    private Duration whileMoved() {
        try {
            return Duration.ofMillis(Files.size(file.log()) / SLOW_BYTES_PER_MILLI);
        } catch (IOException e) {
            // There is none yet, or whatever is wrong is met by the transaction.
            return Duration.ZERO;
        }
    }

    private Optional<RuntimeException> attempt(Work work) {
        boolean committing = false;
        try {
            Session open = open();
            open.beginWriting();
            work.run(open);
            committing = true;
            open.commit();
            trimLog(open);
            return Optional.empty();
        } catch (Throwable thrown) {
            return Optional.of(failed(thrown, committing));
        }
    }

    /** Moves the log into the file, so that the next start finds everything in one place. */
    void close() {
        session.ifPresent(open -> {
            try {
                checkpoint(open);
            } catch (SQLException e) {
                // What is in the log is as safe there, and moved by the next start.
            }
            Readers.closeQuietly(open);
        });
        session = Optional.empty();
    }

    private Session open() throws SQLException {
        if (session.isPresent()) {
            remember(session.get());
            return session.get();
        }
        Session opened = file.writer();
        opened.beatsFor(heartbeat);
        try {
            if (mustCheck) {
                quickCheck(opened);
                mustCheck = false;
            }
            mustRemember = true;
            remember(opened);
        } catch (SQLException | RuntimeException e) {
            Readers.closeQuietly(opened);
            throw e;
        }
        session = Optional.of(opened);
        return opened;
    }

    /** Reads again what is kept in memory, if there is a doubt about it. */
    private void remember(Session open) throws SQLException {
        if (mustRemember) {
            for (Kept each : kept) {
                each.load(open);
            }
            mustRemember = false;
        }
    }

    private RuntimeException failed(Throwable thrown, boolean committing) {
        Failure failure = Failure.of(thrown);
        failure.log(thrown);
        boolean mayStay = failure == Failure.FULL && session.isPresent() && renew();
        if (!mayStay && (failure.breaksConnections() || committing || !undo())) {
            discard(failure);
        }
        if (committing) {
            return Failure.unknown(thrown);
        }
        return failure.problem(thrown)
                .<RuntimeException>map(problem -> problem)
                .orElseGet(() -> Readers.unexpected(thrown));
    }

    /**
     * Opens a new connection before the old one is closed: with the last of all the memory that they
     * share would go, which on a full disk cannot be made again, and then nobody could even read.
     */
    private boolean renew() {
        try {
            Session fresh = file.writer();
            fresh.beatsFor(heartbeat);
            session.ifPresent(Readers::closeQuietly);
            session = Optional.of(fresh);
            mustRemember = true;
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean undo() {
        try {
            if (session.isPresent()) {
                session.get().end();
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void discard(Failure failure) {
        // What was not even open has written nothing: a full disk may let none be opened for long.
        boolean mayHaveWritten = session.isPresent();
        readers.closeAll();
        session.ifPresent(Readers::closeQuietly);
        session = Optional.empty();
        if (failure == Failure.DAMAGED) {
            mustCheck = true;
            if (mayHaveWritten) {
                count();
            }
        }
    }

    private void count() {
        if (System.nanoTime() - firstFailure > MINUTE_NANOS) {
            firstFailure = System.nanoTime();
            failures = 0;
        }
        readOnly = ++failures >= MOST_FAILURES;
        if (readOnly) {
            Failure.logStop();
        }
    }

    private void quickCheck(Session session) throws SQLException {
        try (ResultSet result = session.prepare("pragma quick_check(1)").executeQuery()) {
            String found = result.next() ? result.getString(1) : "nothing";
            if (!found.equals("ok")) {
                readOnly = true;
                throw new SQLException("the file is damaged: " + found);
            }
        }
    }

    private void trimLog(Session open) {
        if (System.nanoTime() - lastTrim < BETWEEN_TRIMS_NANOS) {
            return;
        }
        lastTrim = System.nanoTime();
        try {
            if (Files.size(file.log()) > MOST_LOG_BYTES) {
                checkpoint(open);
            }
        } catch (IOException | SQLException e) {
            // The commit before it is durable; whatever is wrong stops the next one.
        }
    }

    private static void checkpoint(Session open) throws SQLException {
        try (ResultSet result = open.prepare("pragma wal_checkpoint(truncate)").executeQuery()) {
            result.next();
        }
    }
}
