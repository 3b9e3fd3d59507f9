package io.meterport.bootstrap.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/** Sends requests over a number of connections, each as soon as the last was answered. */
final class Load {
    /** Makes the requests of the connection of that number. */
    interface Source {
        Requests of(int connection);
    }

    /**
     * What came of it.
     *
     * @param count how many were answered as expected
     * @param seconds how long it took
     */
    record Result(long count, double seconds, Histogram micros) {
        double perSecond() {
            return count / seconds;
        }

        double p50Millis() {
            return micros.getValueAtPercentile(50) / 1_000.0;
        }

        double p99Millis() {
            return micros.getValueAtPercentile(99) / 1_000.0;
        }
    }

    private Load() {}

    /** Runs for that time; an answer with another status than {@code expected} ends it. */
    static Result run(int port, int connections, Duration time, int expected, Source source) {
        return run(new int[] {port}, connections, time, Long.MAX_VALUE, expected, source);
    }

    /** The same, with the connections spread over servers. */
    static Result run(int[] ports, int connections, Duration time, int expected, Source source) {
        return run(ports, connections, time, Long.MAX_VALUE, expected, source);
    }

    /** Runs for that time, or until that many requests have been sent. */
    static Result run(
            int port, int connections, Duration time, long most, int expected, Source source) {
        return run(new int[] {port}, connections, time, most, expected, source);
    }

    private static Result run(
            int[] ports, int connections, Duration time, long most, int expected, Source source) {
        Histogram all = new Histogram(3);
        AtomicLong sent = new AtomicLong();
        AtomicReference<Exception> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        List<Requests> sources = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            sources.add(source.of(i));
        }
        long start = System.nanoTime();
        long end = start + time.toNanos();
        for (Requests requests : sources) {
            int port = ports[threads.size() % ports.length];
            threads.add(Thread.ofVirtual().start(() -> {
                Histogram mine = new Histogram(3);
                try (RawConnection connection = new RawConnection(port)) {
                    while (System.nanoTime() < end && sent.incrementAndGet() <= most) {
                        byte[] request = requests.next();
                        long before = System.nanoTime();
                        int status = connection.exchange(request);
                        mine.recordValue((System.nanoTime() - before) / 1_000);
                        if (status != expected) {
                            throw new IllegalStateException(status + " " + connection.body());
                        }
                        requests.acknowledged();
                    }
                } catch (Exception e) {
                    failure.compareAndSet(null, e);
                }
                synchronized (all) {
                    all.add(mine);
                }
            }));
        }
        threads.forEach(Load::join);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (failure.get() != null) {
            throw new IllegalStateException("the load failed", failure.get());
        }
        return new Result(all.getTotalCount(), seconds, all);
    }

    /** Waits for that thread to end. */
    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
