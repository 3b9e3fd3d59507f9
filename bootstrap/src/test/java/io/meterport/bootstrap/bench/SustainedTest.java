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

/** R16: a load that the server can bear, for an hour. */
@Tag("profile")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SustainedTest {
    private static final double MOST_OF_THE_KNEE = 0.7;

    @TempDir
    private Path folder;

    /** 70 % of what it takes at most, and 50 portal queries a second. */
    @Test
    void underASustainedLoadNothingIsRefusedAndEverythingCounted() throws Exception {
        Duration time = Minutes.of(60);
        try (Laden laden = Laden.start(Files.createDirectory(folder.resolve("data")), "512m")) {
            double knee = laden.knee();
            Laden.Both both = laden.steady(knee * MOST_OF_THE_KNEE, time);

            System.out.printf("knee: %,.0f events/s; %s%n", knee * Asked.BATCH, time);
            System.out.println(Laden.head());
            System.out.println(Laden.row("batches of 1,000, events", both.batches(), Asked.BATCH));
            System.out.println(Laden.row("portal queries, 31 days", both.questions(), 1));
            assertThat(both.batches().statuses()).containsOnlyKeys(204);
            assertThat(both.questions().statuses()).containsOnlyKeys(200);
            laden.requireExact();
        }
    }
}
