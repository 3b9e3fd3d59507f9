package io.meterport.application.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * R9: {@code -Dproofs.seeds} runs of the simulation, from the seed {@code -Dproofs.seed} on. A failure
 * names its seed, which gives the same run again.
 */
class RevocationSimulationTest {
    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void noRevokedTokenIsLetInWhateverHappensBetweenNodes() {
        long first = number("proofs.seed", 1);
        long seeds = number("proofs.seeds", 3_000);
        RevocationSimulation.Seen all = new RevocationSimulation.Seen(0, 0, 0, 0);

        for (long seed = first; seed < first + seeds; seed++) {
            try {
                all = all.plus(new RevocationSimulation(seed).run());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }

        System.out.printf("R9: %,d seeds from %d: %s%n", seeds, first, all);
        assertThat(all.accepted()).as("let in").isGreaterThan(seeds);
        assertThat(all.refused()).as("refused").isGreaterThan(seeds / 2);
        assertThat(all.unproven()).as("not decided").isGreaterThan(seeds / 2);
        assertThat(all.revoked()).as("revoked").isGreaterThan(seeds / 2);
    }

    private static long number(String property, long usual) {
        String given = System.getProperty(property, "");
        return given.isEmpty() ? usual : Long.parseLong(given);
    }
}
