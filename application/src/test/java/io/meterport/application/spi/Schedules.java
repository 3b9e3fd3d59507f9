package io.meterport.application.spi;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs the operations of a class in threads at the same time, in many orders of their steps, and
 * fails if a result could not have come from one after the other. Ten scenarios of some orders in
 * every build, since with three a lane without its lock went unseen; with {@code proofs.schedules} so
 * many scenarios, and as many orders of each.
 */
public final class Schedules {
    private static final int SCENARIOS = Integer.getInteger("proofs.schedules", 10);
    private static final int ORDERS_EACH = Integer.getInteger("proofs.schedules", 25);
    private static final int THREADS = 3;
    private static final int OPERATIONS = 3;

    private Schedules() {}

    /** Checks the public operations of that class, which has a constructor without parameters. */
    public static void check(Class<?> operations) {
        new ModelCheckingOptions()
                .threads(THREADS)
                .actorsPerThread(OPERATIONS)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(SCENARIOS)
                .invocationsPerIteration(ORDERS_EACH)
                .check(operations);
        new StressOptions()
                .threads(2)
                .actorsPerThread(OPERATIONS)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(SCENARIOS)
                .invocationsPerIteration(ORDERS_EACH)
                .check(operations);
    }
}
