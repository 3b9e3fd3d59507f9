package io.meterport.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** R19: an easy load for a day. */
@Tag("profile")
@Timeout(value = 30, unit = TimeUnit.HOURS)
class SoakTest {
    private static final double PART_OF_THE_KNEE = 0.3;
    private static final int SLICES = 12;

    @TempDir
    private Path folder;

    /** 30 % of what it takes at most, and what the server holds from time to time. */
    @Test
    void inTheLongRunItHoldsNoMoreThanAtFirst() throws Exception {
        Duration slice = Minutes.of(24 * 60).dividedBy(SLICES);
        try (Laden laden = Laden.start(Files.createDirectory(folder.resolve("data")), "512m")) {
            double pace = laden.knee() * PART_OF_THE_KNEE;
            laden.steady(pace, slice);
            Vitals first = Vitals.of(laden.server());
            System.out.printf("%,.0f events/s; slices of %s%n", pace * Asked.BATCH, slice);
            System.out.println(Vitals.head() + " bytes each |");
            Vitals last = first;
            for (int i = 1; i <= SLICES; i++) {
                Laden.Both both = laden.steady(pace, slice);
                assertThat(both.batches().statuses()).containsOnlyKeys(204);
                assertThat(both.questions().statuses()).containsOnlyKeys(200);
                last = Vitals.of(laden.server());
                System.out.println(
                        last.row("slice " + i) + " " + last.store() / laden.stored() + " |");
            }

            laden.requireExact();
            // Nobody is connected any more, and each slice had as many connections.
            assertThat(last.descriptors()).isLessThanOrEqualTo(first.descriptors() + 16);
            assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + 8);
            assertThat(last.log()).isLessThanOrEqualTo(Math.max(first.log(), 1L << 26) * 2);
        }
    }
}
