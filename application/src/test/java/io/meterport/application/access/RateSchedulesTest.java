package io.meterport.application.access;

import io.meterport.application.spi.Schedules;
import io.meterport.domain.problem.ProblemException;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** R11: however many take from one bucket at the same time, none gets what another got. */
class RateSchedulesTest {
    /** What is done at the same time; time stands still but for {@link #pass}. */
    @Param(name = "caller", gen = IntGen.class, conf = "1:2")
    public static class Steps {
        private final AtomicLong nanos = new AtomicLong();
        private final RateLimit limit = new RateLimit(1, 2, nanos::get);

        @Operation
        public boolean take(@Param(name = "caller") int caller) {
            try {
                limit.take("caller-" + caller);
                return true;
            } catch (ProblemException e) {
                return false;
            }
        }

        @Operation(nonParallelGroup = "clock")
        public void pass() {
            nanos.addAndGet(1_000_000_000L);
        }
    }

    @Test
    void aBucketGivesEachOfItsTokensOnce() {
        Schedules.check(Steps.class);
    }
}
