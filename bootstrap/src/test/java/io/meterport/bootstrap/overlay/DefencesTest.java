package io.meterport.bootstrap.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.proof.Report;
import io.meterport.bootstrap.proof.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Defences taken out by hand, one at a time: the test that cites the threat has to fail. That the
 * patches apply is looked at in every build; the profile {@code defences} runs the tests.
 */
class DefencesTest {
    private static final Path PATCHES = Path.of("src", "test", "defences");
    private static final int LEAST = 20;

    @TempDir
    private Path folder;

    @Test
    void everyPatchStillAppliesAndCompiles() throws IOException {
        List<Patch> patches = patches();

        for (Patch patch : patches) {
            assertThat(compiled(patch)).isNotEmptyDirectory();
        }

        assertThat(patches).hasSizeGreaterThanOrEqualTo(LEAST);
    }

    @Test
    @Tag("profile")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void noDefenceCanBeTakenOutUnnoticed() throws Exception {
        List<String> unnoticed = new ArrayList<>();
        Path logs = Files.createDirectories(Path.of("target", "defences"));
        List<Patch> patches = patches();
        int first = Size.of("defences", 1);
        for (Patch patch : patches.subList(first - 1, patches.size())) {
            Proof proof = new Proof(patch.module(), patch.proof());
            Path log = logs.resolve(patch.name() + ".log").toAbsolutePath();
            Proof.Outcome outcome = proof.run(Optional.of(compiled(patch)), log);
            Report.add(
                    patch.name(), outcome.passed() ? "NOT noticed" : "noticed: " + told(outcome));
            if (outcome.passed()) {
                unnoticed.add(patch.name() + ": " + patch.what());
            }
        }
        assertThat(unnoticed).isEmpty();
    }

    private static String told(Proof.Outcome outcome) {
        return outcome.told().lines().findFirst().orElse("");
    }

    private Path compiled(Patch patch) throws IOException {
        return Overlay.compile(patch.apply(), Files.createDirectory(folder.resolve(patch.name())));
    }

    private static List<Patch> patches() throws IOException {
        List<Patch> patches = new ArrayList<>();
        try (Stream<Path> files = Files.list(PATCHES)) {
            for (Path file : files.sorted().toList()) {
                patches.add(Patch.read(file));
            }
        }
        return patches;
    }
}
