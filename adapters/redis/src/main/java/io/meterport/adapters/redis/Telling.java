package io.meterport.adapters.redis;

import io.meterport.application.spi.UsageHint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is still to be told: the highest head, whether meters changed, and hints about usage, each
 * once. However much there is, it stays small. Thread-safe.
 */
final class Telling {
    static final int MOST_HINTS = 1_000;
    /** Hints about usage are collected for so long. */
    static final Duration TOGETHER = Duration.ofMillis(50);

    private static final long NONE = -1;

    /** What is to be told in one go. */
    record Words(Optional<Long> head, boolean definitions, List<UsageHint> usage) {
        boolean isNothing() {
            return head.isEmpty() && !definitions && usage.isEmpty();
        }
    }

    private long head = NONE;
    private boolean definitions;
    private final Set<UsageHint> usage = new LinkedHashSet<>();
    private long usageSince;
    private boolean ended;

    synchronized void head(long announced) {
        head = Math.max(head, announced);
        notifyAll();
    }

    synchronized void definitions() {
        definitions = true;
        notifyAll();
    }

    synchronized void usage(Collection<UsageHint> hints) {
        if (usage.isEmpty()) {
            usageSince = System.nanoTime();
            notifyAll();
        }
        for (UsageHint hint : hints) {
            if (usage.size() >= MOST_HINTS) {
                return;
            }
            usage.add(hint);
        }
    }

    /** Takes what is due; waits for it no longer than that, and may find nothing. */
    synchronized Words take(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ended && head == NONE && !definitions && !isUsageDue()) {
            long until = usage.isEmpty()
                    ? deadline
                    : Math.min(deadline, usageSince + TOGETHER.toNanos());
            long remaining = until - System.nanoTime();
            if (remaining <= 0 && usage.isEmpty()) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(remaining, 1_000_000));
        }
        List<UsageHint> due = isUsageDue() ? new ArrayList<>(usage) : List.of();
        due.forEach(usage::remove);
        Words words =
                new Words(head == NONE ? Optional.empty() : Optional.of(head), definitions, due);
        head = NONE;
        definitions = false;
        return words;
    }

    /** Wakes who waits, for the last time. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    private boolean isUsageDue() {
        return !usage.isEmpty() && System.nanoTime() - usageSince >= TOGETHER.toNanos();
    }
}
