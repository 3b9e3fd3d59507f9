package io.meterport.adapters.sqlite.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for the writer. Urgent work goes first, but never makes the rest wait for ever. */
final class Lanes {
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_URGENT_IN_A_ROW = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Work> urgent = new ArrayDeque<>();
    private final Deque<Work> ordinary = new ArrayDeque<>();
    private int urgentInARow;
    private boolean closed;

    /** Puts it last in its lane; refuses it as overloaded if that is full or closed. */
    void put(Work work, boolean isUrgent) {
        lock.lock();
        try {
            Deque<Work> lane = isUrgent ? urgent : ordinary;
            if (closed || lane.size() >= MOST_WAITING) {
                throw Failure.overloaded();
            }
            lane.addLast(work);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The rest of a work that has been begun: it may go on even when the lanes are closed. */
    void putBack(Work work) {
        lock.lock();
        try {
            ordinary.addLast(work);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What is next; empty if nothing came in that time, or nothing will come any more. */
    Optional<Work> take(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (urgent.isEmpty() && ordinary.isEmpty() && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return next();
        } catch (InterruptedException e) {
            // Nobody of ours interrupts the writer, and what was accepted has to be finished.
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isDone() {
        lock.lock();
        try {
            return closed && urgent.isEmpty() && ordinary.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Work> next() {
        boolean takeUrgent =
                ordinary.isEmpty() || (urgentInARow < MOST_URGENT_IN_A_ROW && !urgent.isEmpty());
        urgentInARow = takeUrgent && !urgent.isEmpty() ? urgentInARow + 1 : 0;
        return Optional.ofNullable(takeUrgent ? urgent.pollFirst() : ordinary.pollFirst());
    }
}
