package io.meterport.bootstrap.powerfail;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.overlay.Overlay;
import io.meterport.bootstrap.overlay.Proof;
import io.meterport.bootstrap.proof.Report;
import io.meterport.bootstrap.proof.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * R2: whenever the power fails, what was acknowledged is there, nothing is counted twice, no sum is
 * wrong and no file is damaged. Two controls flush less than the product does, and have to fail.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class PowerFailTest {
    private static final String SETTINGS =
            "adapters/sqlite/src/main/java/io/meterport/adapters/sqlite/file/Settings.java";
    /** What a process of its own is told of how much to do. */
    private static final List<String> SIZES = List.of("migrations", "random", "seed");

    @TempDir
    private Path folder;

    @Threat("I16")
    @Test
    void aPowerCutLosesNothingAcknowledged() throws Exception {
        new Campaign(folder)
                .judge(
                        "R2 power cuts, synchronous=FULL",
                        Size.of("states", 2_000),
                        seed -> record(Optional.empty(), seed));
    }

    @Test
    void aPowerCutWhileErasingForgettingOrMovingTheLogLosesNothing() throws Exception {
        Path often = withAShortLog();

        new Campaign(folder)
                .judge(
                        "R2 power cuts in upkeep",
                        Size.of("upkeep", 400),
                        seed -> recordUpkeep(often, seed));
    }

    @Test
    void aPowerCutInAStepToANewerLayoutLosesNothingAndTheNextStartCompletesIt() throws Exception {
        Path newer = MigrationCuts.newer(folder.resolve("newer"));
        Proof proof = new Proof("bootstrap", MigrationCuts.class.getName());

        Proof.Outcome outcome =
                proof.run(Optional.of(newer), SIZES, Path.of("target", "migration-cuts.log"));

        assertThat(outcome.passed()).as(outcome.told()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NORMAL, 1", "OFF, 0"})
    void aServerThatFlushesLessIsCaught(String name, String level) throws Exception {
        String settings = Overlay.source(SETTINGS);
        String less =
                settings.replace("\"synchronous\", \"2\"", "\"synchronous\", \"" + level + "\"");
        assertThat(less).as("the setting was found").isNotEqualTo(settings);
        Path classes = Overlay.compile(Map.of(SETTINGS, less), folder.resolve("less"));
        Replay replay = record(Optional.of(classes), Size.seed());

        List<String> broken =
                new Campaign(folder).inMemory(place -> replay.broken(place, 1, 3, Size.seed()));

        Report.add(
                "R2 control, synchronous=" + name,
                "caught: %,d of %,d states broken, then stopped"
                        .formatted(broken.size(), replay.judged()));
        assertThat(broken).anyMatch(what -> what.contains("is gone"));
    }

    private Replay record(Optional<Path> overlay, long seed) throws Exception {
        Path place = Files.createTempDirectory(folder, "recording");
        Recording recording = Recording.of(place.resolve("data"), place);
        try (Life life = new Life(place, recording.environment(), overlay, seed)) {
            Promises promises = Session.run(life);
            return new Replay(recording.operations(), promises);
        }
    }

    private Replay recordUpkeep(Path overlay, long seed) throws Exception {
        Path place = Files.createTempDirectory(folder, "upkeep");
        Path data = place.resolve("data");
        Recording recording = Recording.of(data, place);
        try (Life life = new Life(place, recording.environment(), Optional.of(overlay), seed)) {
            Promises promises = UpkeepSession.run(life, data);
            return new Replay(recording.operations(), promises);
        }
    }

    /** A product that moves its log into the file again and again, not when it has 64 MiB. */
    private Path withAShortLog() throws IOException {
        String settings = Overlay.source(SETTINGS);
        String often = settings.replace("LOG_PAGES = 16_000", "LOG_PAGES = 100");
        assertThat(often).as("the length was found").isNotEqualTo(settings);
        return Overlay.compile(Map.of(SETTINGS, often), folder.resolve("often"));
    }
}
