package io.meterport.adapters.sqlite.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each operation on the files fails in turn: once as on a broken disk, and from then on as on a full
 * one and on one that is read-only. Every tenth in an ordinary build, every one in the profile; a part of them
 * with {@code proofs.faults-only} such as {@code FULL-work}, {@code proofs.faults-first} and {@code
 * proofs.faults-last}.
 */
class FaultTest {
    private static final List<String> SIZES = List.of(
            "proofs.faults", "proofs.faults-only", "proofs.faults-first", "proofs.faults-last");
    private static final long PATIENCE_MINUTES = 120;

    @TempDir
    private Path home;

    @Threat({"I9", "I10", "I11"})
    @Test
    void whateverFailsNothingAcknowledgedIsLostAndAllGoesOnAfterwards() throws Exception {
        Path library = built();
        Path control = Files.write(home.resolve("control"), new byte[Faults.BYTES]);
        Path folder = Files.createDirectories(home.resolve("disk"));
        Path out = home.resolve("out");

        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                "--enable-native-access=ALL-UNNAMED"));
        SIZES.forEach(name -> command.add("-D" + name + "=" + System.getProperty(name, "")));
        command.addAll(List.of(FaultyRuns.class.getName(), folder.toString(), control.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("LD_PRELOAD", library.toString());
        builder.environment().put("FAULTS_FOLDER", folder.toString());
        builder.environment().put("FAULTS_CONTROL", control.toString());
        Process process = builder.start();
        boolean finished = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();

        assertThat(finished).as("it came to an end").isTrue();
        String text = Files.readString(out);
        assertThat(process.exitValue()).as(text).isZero();
        text.lines()
                .filter(line -> line.contains("operations") || line.startsWith("filled"))
                .forEach(System.out::println);
        if (System.getProperty("proofs.faults-only", "").isEmpty()) {
            assertThat(text).contains("READ_ONLY work");
        }
        assertThat(text).contains("filled and freed 20 times").doesNotContain(" 0 operations");
    }

    private Path built() throws IOException, InterruptedException {
        Path library = home.resolve("faults.so");
        File source = Path.of("src", "test", "native", "faults.c").toFile();
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-O2",
                        "-o",
                        library.toString(),
                        source.toString(),
                        "-ldl")
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).as("a C compiler builds faults.c").isZero();
        return library;
    }
}
