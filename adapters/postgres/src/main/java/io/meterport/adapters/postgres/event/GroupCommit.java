package io.meterport.adapters.postgres.event;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Stores all batches that wait in one transaction, so that many callers share one flush of the disk;
 * a few such transactions run at a time. A transaction takes at most {@value #MOST_EVENTS} events; a
 * single batch is never cut. Thread-safe.
 */
final class GroupCommit {
    private static final int MOST_EVENTS = 5_000;
    private static final int MOST_WAITING_EVENTS = 50_000;
    private static final int MOST_TRANSACTIONS = 3;

    private final Consumer<List<NewBatch>> transaction;
    private final Deque<NewBatch> waiting = new ArrayDeque<>();
    private final AtomicLong turns = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private int waitingEvents;
    private boolean closed;

    /**
     * @param transaction stores batches and answers each of them
     */
    GroupCommit(Consumer<List<NewBatch>> transaction) {
        this.transaction = transaction;
    }

    /** Puts the batch in line; its answer comes when it is durable. */
    void add(NewBatch batch) {
        synchronized (waiting) {
            if (closed
                    || (waitingEvents > 0 && waitingEvents + batch.size() > MOST_WAITING_EVENTS)) {
                throw new ProblemException(new Problem.Unavailable(
                        "overloaded", "The server is busy; try again.", Duration.ofSeconds(1)));
            }
            waiting.addLast(batch);
            waitingEvents += batch.size();
            if (running.get() < MOST_TRANSACTIONS) {
                running.incrementAndGet();
                Thread.ofVirtual().name("postgres-events").start(this::run);
            }
        }
    }

    /** How many events are in line. */
    int waitingEvents() {
        synchronized (waiting) {
            return waitingEvents;
        }
    }

    /** Another number as long as transactions come to an end, or none has to be made. */
    long beats() {
        return running.get() == 0 ? System.nanoTime() : turns.get();
    }

    /** Takes no more, and waits until everything in line has been answered. */
    void close() {
        boolean interrupted = false;
        synchronized (waiting) {
            closed = true;
            while (running.get() > 0) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (List<NewBatch> group = next(); !group.isEmpty(); group = next()) {
            store(group);
            turns.incrementAndGet();
        }
    }

    /** Where one batch of several brought a fault to light, each is tried alone. */
    private void store(List<NewBatch> group) {
        try {
            transaction.accept(group);
        } catch (ProblemException e) {
            group.forEach(batch -> batch.answer().completeExceptionally(e));
        } catch (RuntimeException | Error e) {
            if (group.size() == 1) {
                group.getFirst().answer().completeExceptionally(e);
            } else {
                group.forEach(batch -> store(List.of(batch)));
            }
        }
    }

    /** What belongs to the next transaction; empty if this thread is needed no more. */
    private List<NewBatch> next() {
        synchronized (waiting) {
            List<NewBatch> group = new ArrayList<>();
            int taken = 0;
            while (!waiting.isEmpty()
                    && (group.isEmpty() || taken + waiting.getFirst().size() <= MOST_EVENTS)) {
                NewBatch next = waiting.removeFirst();
                taken += next.size();
                waitingEvents -= next.size();
                group.add(next);
            }
            if (group.isEmpty()) {
                running.decrementAndGet();
                waiting.notifyAll();
            }
            return group;
        }
    }
}
