package io.meterport.bootstrap.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.proof.Report;
import io.meterport.bootstrap.proof.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * R28: bugs put in by hand, each of which the proof that it names has to catch. That they apply is
 * looked at in every build; the profile {@code seeded-bugs} runs them.
 */
class SeededBugsTest {
    private static final Path PATCHES = Path.of("src", "test", "seeded-bugs");
    private static final int LEAST_BUGS = 20;

    @TempDir
    private Path folder;

    @Test
    void everyPatchStillAppliesAndCompiles() throws IOException {
        List<Patch> patches = patches();

        for (Patch patch : patches) {
            Path place = Files.createDirectory(folder.resolve(patch.name()));
            assertThat(Overlay.compile(patch.apply(), place)).isNotEmptyDirectory();
        }

        assertThat(patches).hasSizeGreaterThanOrEqualTo(LEAST_BUGS);
    }

    @Test
    @Tag("profile")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void everySeededBugIsCaughtByTheProofThatItNames() throws Exception {
        int first = Size.of("bugs", 1);
        int last = Size.of("last-bug", patches().size());
        List<Patch> patches = patches().subList(first - 1, last);
        Set<Proof> proofs = new LinkedHashSet<>();
        patches.forEach(patch -> proofs.add(new Proof(patch.module(), patch.proof())));
        List<String> wrong = new ArrayList<>();
        for (Proof proof : proofs) {
            Proof.Outcome control = proof.run(Optional.empty(), log("control"));
            if (!control.passed()) {
                wrong.add(proof + " fails without any bug: " + control.told());
            }
        }
        for (Patch patch : patches) {
            Path place = Files.createDirectory(folder.resolve(patch.name()));
            Path classes = Overlay.compile(patch.apply(), place);
            Proof proof = new Proof(patch.module(), patch.proof());

            Proof.Outcome outcome = proof.run(Optional.of(classes), log(patch.name()));

            Report.add(
                    "R28 " + patch.name(),
                    (outcome.passed() ? "NOT caught by " : "caught by ") + simple(proof.test()));
            if (outcome.passed()) {
                wrong.add("nothing catches " + patch.name() + ": " + patch.what());
            }
        }
        assertThat(wrong).isEmpty();
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

    private Path log(String name) throws IOException {
        Path logs = Files.createDirectories(Path.of("target", "seeded-bugs"));
        return logs.resolve(name + ".log").toAbsolutePath();
    }

    private static String simple(String test) {
        return test.substring(test.lastIndexOf('.') + 1);
    }
}
