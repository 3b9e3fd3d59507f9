package io.meterport.application.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs things at the same time, and waits for all of them, but not for ever. */
public final class Together {
    private static final long MOST_SECONDS = 60;

    /** Something that may fail. */
    @FunctionalInterface
    public interface Task<T> {
        T run(int thread) throws Exception;
    }

    /** Something that is done again and again. */
    @FunctionalInterface
    public interface Round<T> {
        T run(int thread, int round) throws Exception;
    }

    private Together() {}

    /**
     * Runs so many threads through so many rounds, each of which all begin at the same moment;
     * returns what every round of every thread returned.
     */
    public static <T> List<T> rounds(int threads, int rounds, Round<T> task) {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<List<T>> results = run(threads, thread -> {
            List<T> own = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                start.await(MOST_SECONDS, TimeUnit.SECONDS);
                own.add(task.run(thread, round));
            }
            return own;
        });
        return results.stream().flatMap(List::stream).toList();
    }

    /** Runs the task in so many threads that begin together; returns what each returned. */
    public static <T> List<T> run(int threads, Task<T> task) {
        CountDownLatch ready = new CountDownLatch(threads);
        try (ExecutorService pool =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return task.run(thread);
                }));
            }
            return results(running, pool);
        }
    }

    private static <T> List<T> results(List<Future<T>> running, ExecutorService pool) {
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> each : running) {
                results.add(each.get(MOST_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException e) {
            pool.shutdownNow();
            throw new AssertionError("a thread failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            pool.shutdownNow();
            throw new AssertionError("the threads did not come to an end", e);
        }
    }
}
