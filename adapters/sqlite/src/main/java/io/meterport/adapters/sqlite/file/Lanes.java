package io.meterport.adapters.sqlite.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer. Urgent work goes first, but after each transaction of it comes one of
 * the rest, if any waits.
 */
final class Lanes {
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_URGENT_TOGETHER = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Work> urgent = new ArrayDeque<>();
    private final Deque<Work> ordinary = new ArrayDeque<>();
    private boolean urgentWasLast;
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

    /**
     * What is next: some urgent works, or one of the others; nothing if nothing came in that time,
     * or nothing will come any more.
     */
    List<Work> take(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (urgent.isEmpty() && ordinary.isEmpty() && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return next();
        } catch (InterruptedException e) {
            // Nobody of ours interrupts the writer, and what was accepted has to be finished.
            return List.of();
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

    private List<Work> next() {
        urgentWasLast = ordinary.isEmpty() || (!urgent.isEmpty() && !urgentWasLast);
        Deque<Work> lane = urgentWasLast ? urgent : ordinary;
        int most = urgentWasLast ? MOST_URGENT_TOGETHER : 1;
        List<Work> taken = new ArrayList<>();
        while (taken.size() < most && !lane.isEmpty()) {
            taken.add(lane.removeFirst());
        }
        return taken;
    }
}
