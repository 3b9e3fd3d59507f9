package io.meterport.adapters.sqlite.catalog;

import io.meterport.application.spi.Schedules;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** R11: while the writer commits and undoes, committed numbers are seen, and they never fall. */
class RevocationHeadSchedulesTest {
    /** What the writer does, in one thread, and what others see. */
    public static class Steps {
        private final RevocationHead head = new RevocationHead();

        @Operation(nonParallelGroup = "writer")
        public void commit() {
            head.move(head.number() + 1);
            head.committed();
        }

        @Operation(nonParallelGroup = "writer")
        public void undo() {
            head.move(head.number() + 1);
            head.undone();
            head.committed();
        }

        @Operation
        public long read() {
            return head.number();
        }
    }

    @Test
    void theHeadNeverFallsAndShowsNothingUndone() {
        Schedules.check(Steps.class);
    }
}
