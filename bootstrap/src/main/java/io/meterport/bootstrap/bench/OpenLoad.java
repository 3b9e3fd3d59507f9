package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends requests at a rate that does not depend on how fast they are answered, as customers do:
 * each is due at a moment fixed beforehand, and its latency counts from then, even where it had to
 * wait for a connection. So a server that pauses is charged for everybody who came meanwhile (no
 * coordinated omission).
 */
final class OpenLoad {
    /** How long after the end a request that is due may still begin. */
    private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final double NANOS = 1e9;

    /**
     * What came of it.
     *
     * @param statuses how many answers had each status
     * @param unsent how many were due and never sent, since no connection was free in time
     * @param micros of the answers that were expected, since the moment when they were due
     * @param otherMicros of the other answers, since they were sent
     */
    record Result(
            Map<Integer, Long> statuses,
            long unsent,
            double seconds,
            Histogram micros,
            Histogram otherMicros) {
        double perSecond() {
            return micros.getTotalCount() / seconds;
        }

        double millis(double percentile) {
            return micros.getValueAtPercentile(percentile) / 1_000.0;
        }
    }

    private final int port;
    private final int connections;
    private final Duration time;
    private final int expected;

    /** For that time over so many connections; answers are expected to have that status. */
    OpenLoad(int port, int connections, Duration time, int expected) {
        this.port = port;
        this.connections = connections;
        this.time = time;
        this.expected = expected;
    }

    /** As {@link #run}, but an answer that is not expected, or a request unsent, is a failure. */
    Result runWell(double perSecond, Load.Source source) {
        Result result = run(perSecond, source);
        if (result.otherMicros().getTotalCount() > 0) {
            throw new IllegalStateException(
                    "not all answers were " + expected + ": " + result.statuses());
        }
        if (result.unsent() > 0) {
            throw new IllegalStateException("the server fell behind by " + result.unsent()
                    + " requests at %,.0f requests a second".formatted(perSecond));
        }
        return result;
    }

    /** Sends at that rate, whatever is answered; a connection that breaks is a failure. */
    Result run(double perSecond, Load.Source source) {
        List<Requests> sources = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            sources.add(source.of(i));
        }
        return new Run(perSecond).of(sources);
    }

    private final class Run {
        private final double nanosEach;
        private final long start = System.nanoTime();
        private final AtomicLong next = new AtomicLong();
        private final AtomicLong unsent = new AtomicLong();
        private final AtomicReference<Exception> failure = new AtomicReference<>();
        private final Map<Integer, Long> statuses = new TreeMap<>();
        private final Histogram micros = new Histogram(3);
        private final Histogram otherMicros = new Histogram(3);

        Run(double perSecond) {
            nanosEach = NANOS / perSecond;
        }

        Result of(List<Requests> sources) {
            List<Thread> threads = sources.stream()
                    .map(requests -> Thread.ofVirtual().start(() -> connect(requests)))
                    .toList();
            threads.forEach(Load::join);
            double seconds = Math.max(time.toNanos(), System.nanoTime() - start) / NANOS;
            if (failure.get() != null) {
                throw new IllegalStateException("the load failed", failure.get());
            }
            return new Result(statuses, unsent.get(), seconds, micros, otherMicros);
        }

        private void connect(Requests requests) {
            Histogram mine = new Histogram(3);
            Histogram other = new Histogram(3);
            Map<Integer, Long> seen = new TreeMap<>();
            try (RawConnection connection = new RawConnection(port)) {
                send(requests, connection, mine, other, seen);
            } catch (IOException | RuntimeException e) {
                failure.compareAndSet(null, e);
            }
            synchronized (micros) {
                micros.add(mine);
                otherMicros.add(other);
                seen.forEach((status, count) -> statuses.merge(status, count, Long::sum));
            }
        }

        private void send(
                Requests requests,
                RawConnection connection,
                Histogram mine,
                Histogram other,
                Map<Integer, Long> seen)
                throws IOException {
            while (failure.get() == null) {
                long after = (long) (next.getAndIncrement() * nanosEach);
                if (after >= time.toNanos()) {
                    return;
                }
                if (System.nanoTime() - start > time.toNanos() + GRACE_NANOS) {
                    unsent.incrementAndGet();
                    continue;
                }
                byte[] request = requests.next();
                waitUntil(start + after);
                long sent = System.nanoTime();
                int status = connection.exchange(request);
                long answered = System.nanoTime();
                seen.merge(status, 1L, Long::sum);
                if (status == expected) {
                    mine.recordValue((answered - start - after) / 1_000);
                    requests.acknowledged();
                } else {
                    other.recordValue((answered - sent) / 1_000);
                    requests.refused();
                }
            }
        }

        private static void waitUntil(long due) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
