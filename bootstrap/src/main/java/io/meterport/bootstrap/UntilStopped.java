package io.meterport.bootstrap;

import java.util.concurrent.CountDownLatch;

/** Lets something run until the process is told to stop, and then stop in its own time. */
final class UntilStopped {
    private UntilStopped() {}

    /** Returns only when the thread is interrupted; at SIGTERM or Ctrl-C the process ends instead. */
    static void wait(AutoCloseable running) {
        Opened opened = new Opened();
        opened.add(running);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(opened::close));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
