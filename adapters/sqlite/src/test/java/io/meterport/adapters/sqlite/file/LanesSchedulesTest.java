package io.meterport.adapters.sqlite.file;

import io.meterport.application.spi.Schedules;
import io.meterport.domain.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** R11: what waits for the writer is taken once, in its order, and nothing gets in after the end. */
class LanesSchedulesTest {
    /** Anybody puts, the writer alone takes. */
    public static class Steps {
        private final Lanes lanes = new Lanes();
        private final Map<Work, String> names = new ConcurrentHashMap<>();
        private final AtomicInteger ordinary = new AtomicInteger();

        @Operation(nonParallelGroup = "sender")
        public boolean put() {
            return isPut("ordinary " + ordinary.incrementAndGet(), false);
        }

        @Operation(nonParallelGroup = "revoker")
        public boolean putUrgently() {
            return isPut("urgent", true);
        }

        @Operation(nonParallelGroup = "writer")
        public List<String> take() {
            List<String> taken = new ArrayList<>();
            for (Work work : lanes.take(0)) {
                taken.add(names.get(work));
            }
            return taken;
        }

        @Operation(nonParallelGroup = "closer")
        public void close() {
            lanes.close();
        }

        @Operation
        public boolean isDone() {
            return lanes.isDone();
        }

        private boolean isPut(String name, boolean isUrgent) {
            Work work = new Named();
            names.put(work, name);
            try {
                lanes.put(work, isUrgent);
                return true;
            } catch (ProblemException e) {
                return false;
            }
        }
    }

    private static final class Named implements Work {
        @Override
        public void run(Session session) {}

        @Override
        public void committed() {}

        @Override
        public void failed(RuntimeException why) {}
    }

    @Test
    void whatWaitsForTheWriterIsTakenOnceAndInOrder() {
        Schedules.check(Steps.class);
    }
}
