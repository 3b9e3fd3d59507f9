package io.meterport.adapters.sqlite.file;

import io.meterport.application.spi.Pulse;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The only thread that writes, one transaction after the other. Whoever asks for something waits
 * until it is on the disk. Thread-safe.
 */
public final class Writer implements AutoCloseable {
    /** What is written in one transaction. */
    @FunctionalInterface
    public interface Writing<T> {
        T write(Session session) throws SQLException;
    }

    private static final long IDLE_MILLIS = 200;

    private final Lanes lanes = new Lanes();
    private final Heartbeat heartbeat = new Heartbeat();
    private final WriterSession session;
    private final List<Kept> kept;
    private final Chores chores;
    private final Thread thread = new Thread(this::serve, "sqlite-writer");

    /**
     * Starts the thread.
     *
     * @param kept what is kept in memory; loaded before the first transaction
     * @param chores what is done when nothing else is to be done
     */
    public Writer(DatabaseFile file, Readers readers, List<Kept> kept, List<Chore> chores) {
        this.session = new WriterSession(file, readers, kept, heartbeat);
        this.kept = List.copyOf(kept);
        this.chores = new Chores(chores);
        session.openFirst();
        thread.start();
    }

    /**
     * Writes all or nothing, ahead of everything that is not urgent; durable when it returns. A
     * writing must touch what is kept in memory last, since it may be undone alone.
     */
    public <T> T urgently(Writing<T> writing) {
        return answered(writing, true);
    }

    /** Writes in a transaction of its own, in turn; durable when it returns. */
    public <T> T inTurn(Writing<T> writing) {
        return answered(writing, false);
    }

    /** Puts that in line, in turn, and does not wait. */
    public void submit(Work work) {
        lanes.put(work, false);
    }

    /** Puts the rest of a work back in line, which is done even if the writer is being closed. */
    public void resubmit(Work work) {
        lanes.putBack(work);
    }

    /** A sign of life of the thread. */
    public Pulse pulse() {
        return heartbeat.pulse();
    }

    /** What the future comes to. */
    public static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("the writer failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unknown(e);
        }
    }

    /** Finishes what was accepted and refuses the rest; the connection stays open. */
    public void finish() {
        lanes.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finishes, moves the log into the file, and closes it. */
    @Override
    public void close() {
        finish();
        session.close();
    }

    private <T> T answered(Writing<T> writing, boolean isUrgent) {
        Answered<T> work = new Answered<>(writing);
        lanes.put(work, isUrgent);
        return work.await();
    }

    private void serve() {
        while (!lanes.isDone()) {
            heartbeat.beat();
            long patience = chores.areDone() ? IDLE_MILLIS : 1;
            perform(lanes.take(patience));
            chores.nextIfDue().ifPresent(this::perform);
        }
    }

    private void perform(List<Work> works) {
        switch (works.size()) {
            case 0 -> chores.next().ifPresent(this::perform);
            case 1 -> perform(works.getFirst());
            default -> perform(new Bundle(works));
        }
    }

    private void perform(Work work) {
        RuntimeException failure = session.write(work).orElse(null);
        if (failure == null) {
            kept.forEach(Kept::committed);
            work.committed();
        } else {
            kept.forEach(Kept::undone);
            work.failed(failure);
        }
    }
}
