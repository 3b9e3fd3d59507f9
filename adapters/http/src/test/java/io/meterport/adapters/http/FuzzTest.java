package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every build feeds the readers what Jazzer once found worth keeping; the profile {@code jazzer}
 * looks for more, and keeps it.
 */
class FuzzTest {
    private static final Path KEPT = Path.of("src", "test", "fuzz");
    private static final int MOST_KEPT = 400;
    private static final int LONGEST_KEPT = 512;

    @TempDir
    private Path folder;

    @Threat({"E4", "E5", "E6", "E7", "E8", "J1", "J2"})
    @ParameterizedTest
    @EnumSource
    void whatWasKeptIsReadOrRefused(FuzzTarget target) throws IOException {
        List<byte[]> kept = kept(target);

        for (byte[] input : kept) {
            try {
                target.take(input);
            } catch (Throwable thrown) {
                throw new AssertionError(
                        target + ": " + Base64.getEncoder().encodeToString(input), thrown);
            }
        }
        assertThat(kept).hasSizeGreaterThan(5);
    }

    @Tag("profile")
    @ParameterizedTest
    @EnumSource
    void nothingThatJazzerMakesUpIsAnythingElse(FuzzTarget target) throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        List<byte[]> kept = kept(target);
        for (int i = 0; i < kept.size(); i++) {
            Files.write(corpus.resolve("kept-" + i), kept.get(i));
        }

        String seconds = System.getProperty("fuzz.seconds", "60");
        Process fuzzer = jazzer(target, "-max_total_time=" + seconds, corpus.toString());
        assertThat(fuzzer.waitFor()).as(Files.readString(log(target))).isZero();
        System.out.println(target + ": " + lastLine(target));

        Path fewer = Files.createDirectory(folder.resolve("fewer"));
        Process merge = jazzer(target, "-merge=1", fewer.toString(), corpus.toString());
        assertThat(merge.waitFor(10, TimeUnit.MINUTES)).isTrue();
        keep(target, fewer);
    }

    private Process jazzer(FuzzTarget target, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzed.class.getName(),
                "--target_args=" + target.name(),
                "--instrumentation_includes=io.meterport.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + File.separator,
                "-max_len=4096",
                "-print_final_stats=1"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(target).toFile()))
                .start();
    }

    private Path log(FuzzTarget target) {
        return folder.resolve(target + ".log");
    }

    private String lastLine(FuzzTarget target) throws IOException {
        try (Stream<String> lines = Files.lines(log(target), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("stat::number_of_executed_units"))
                    .reduce("", (first, second) -> second);
        }
    }

    private static List<byte[]> kept(FuzzTarget target) throws IOException {
        return Files.readAllLines(KEPT.resolve(target.file())).stream()
                .map(Base64.getDecoder()::decode)
                .toList();
    }

    /** What finds as much as all that was found, the short ones, and what was kept before. */
    private static void keep(FuzzTarget target, Path found) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(KEPT.resolve(target.file())));
        try (Stream<Path> files = Files.list(found)) {
            for (Path file : files.sorted().toList()) {
                String line = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
                boolean isNew = Files.size(file) <= LONGEST_KEPT && !lines.contains(line);
                if (isNew && lines.size() < MOST_KEPT) {
                    lines.add(line);
                }
            }
        }
        Files.write(KEPT.resolve(target.file()), lines);
    }
}
