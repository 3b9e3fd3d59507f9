package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.file.Work;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.spi.Conflicts;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Stores all batches that wait in one transaction, so that many callers share one flush of the disk.
 * A transaction takes at most {@value #MOST_EVENTS} events, and fewer where so many take longer than
 * 100 milliseconds; a single batch is never cut. Thread-safe.
 */
final class GroupCommit implements Work {
    private static final Logger LOGGER = System.getLogger(GroupCommit.class.getPackageName());
    private static final int MOST_EVENTS = 10_000;
    /** Smaller groups would cost more for each event, and so only make the line longer. */
    private static final int LEAST_EVENTS = 2_000;

    private static final int MOST_WAITING_EVENTS = 50_000;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Writer writer;
    private final EventWriter events;
    private final Conflicts conflicts = new Conflicts(text -> LOGGER.log(Level.WARNING, text));
    private final Deque<NewBatch> waiting = new ArrayDeque<>();
    private final List<NewBatch> group = new ArrayList<>();
    private int waitingEvents;
    private int mostEvents = MOST_EVENTS;
    private int oneByOne;
    private boolean isInLine;
    private long started;

    GroupCommit(Writer writer, EventWriter events) {
        this.writer = writer;
        this.events = events;
    }

    /** Puts the batch in line; its answer comes when it is durable. */
    void add(NewBatch batch) {
        synchronized (waiting) {
            int size = batch.events().size();
            if (waitingEvents > 0 && waitingEvents + size > MOST_WAITING_EVENTS) {
                throw new ProblemException(new Problem.Unavailable(
                        "overloaded", "The server is busy; try again.", Duration.ofSeconds(1)));
            }
            if (!isInLine) {
                writer.submit(this);
                isInLine = true;
            }
            waiting.addLast(batch);
            waitingEvents += size;
        }
    }

    /** How many events are in line. */
    int waitingEvents() {
        synchronized (waiting) {
            return waitingEvents;
        }
    }

    /** How many events came again with other contents. */
    long conflicts() {
        return conflicts.count();
    }

    @Override
    public void run(Session session) throws SQLException {
        started = System.nanoTime();
        gather();
        events.write(session, group);
    }

    @Override
    public void committed() {
        int stored = group.stream().mapToInt(batch -> batch.events().size()).sum();
        adapt(stored, System.nanoTime() - started);
        group.forEach(batch -> batch.compare(conflicts));
        group.forEach(NewBatch::committed);
        group.clear();
        goOn();
    }

    /** Where one batch of several brought a fault to light, each is tried alone. */
    @Override
    public void failed(RuntimeException why) {
        gather();
        if (why instanceof ProblemException || group.size() == 1) {
            group.forEach(batch -> batch.answer().completeExceptionally(why));
        } else {
            synchronized (waiting) {
                oneByOne = group.size() + 1; // This transaction is counted down as well.
                group.reversed().forEach(waiting::addFirst);
                waitingEvents +=
                        group.stream().mapToInt(batch -> batch.events().size()).sum();
            }
        }
        group.clear();
        goOn();
    }

    /** Takes what belongs to the next transaction, unless that was done already. */
    private void gather() {
        synchronized (waiting) {
            int taken = 0;
            boolean more = group.isEmpty();
            while (more) {
                NewBatch next = waiting.removeFirst();
                taken += next.events().size();
                waitingEvents -= next.events().size();
                group.add(next);
                more = oneByOne == 0 && hasRoom(taken);
            }
        }
    }

    private boolean hasRoom(int taken) {
        return !waiting.isEmpty() && taken + waiting.getFirst().events().size() <= mostEvents;
    }

    private void goOn() {
        synchronized (waiting) {
            oneByOne = Math.max(0, oneByOne - 1);
            isInLine = !waiting.isEmpty();
            if (isInLine) {
                writer.resubmit(this);
            }
        }
    }

    private void adapt(int stored, long nanos) {
        if (stored >= LEAST_EVENTS / 2) {
            long fitting = stored * MOST_NANOS / Math.max(1, nanos);
            mostEvents = Math.clamp(fitting, LEAST_EVENTS, MOST_EVENTS);
        }
    }
}
