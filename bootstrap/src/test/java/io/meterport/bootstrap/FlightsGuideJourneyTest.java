package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.bench.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's page about flights does what it says, command by command. */
@Tag("node")
class FlightsGuideJourneyTest {
    private static final Path HOUSE = Path.of("").toAbsolutePath().getParent();
    /** A block of commands, and the block of text below it if it says what they print. */
    private static final Pattern STEP =
            Pattern.compile("```sh\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", Pattern.DOTALL);

    private static final String END_OF_STEP = "--- end of step ---";
    private static final String DATA = "node_modules/vega-datasets/data/flights-20k.json";
    private static final int BOUND_SECONDS = 120;

    private record Step(String commands, String output) {
        /** Installing is the build's work, and a test does not run the tests. */
        boolean isUnderTest() {
            return !commands.startsWith("npm ") && !commands.startsWith("mvn ");
        }
    }

    @Test
    void everyCommandOfThePagePrintsWhatThePageSays(@TempDir Path data, @TempDir Path folder)
            throws Exception {
        try (ServerProcess server = ServerProcess.start(data)) {
            String url = "http://127.0.0.1:" + server.port();
            NodeProject.against(url, server.key());
            furnish(folder);
            List<Step> steps = steps();
            Path script = folder.resolve("steps.sh");
            Files.writeString(script, script(steps));

            List<String> outputs = run(folder, script, url, server.key());

            assertThat(outputs).hasSameSizeAs(steps);
            for (int step = 0; step < steps.size(); step++) {
                if (!steps.get(step).output().isEmpty()) {
                    assertThat(outputs.get(step)).isEqualTo(steps.get(step).output());
                }
            }
        }
    }

    private static List<Step> steps() throws IOException {
        String page = Files.readString(HOUSE.resolve("docs/guide/flights.md"));
        List<Step> steps = STEP.matcher(page)
                .results()
                .map(match ->
                        new Step(match.group(1), match.group(2) == null ? "" : match.group(2)))
                .filter(Step::isUnderTest)
                .toList();
        assertThat(steps).hasSizeGreaterThan(6);
        return steps;
    }

    /** A folder like the source tree, whose launcher starts what this test was compiled with. */
    private static void furnish(Path folder) throws IOException {
        for (String file :
                List.of("docs/guide/flights-to-events.mjs", "bootstrap/src/test/sdk/" + DATA)) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(HOUSE.resolve(file), folder.resolve(file));
        }
        Path launcher = folder.resolve("bootstrap/meterport");
        Files.writeString(launcher, """
                #!/bin/sh
                exec '%s/bin/java' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 \
                    -cp '%s' io.meterport.bootstrap.Main "$@"
                """.formatted(
                        System.getProperty("java.home"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    private static String script(List<Step> steps) {
        return steps.stream()
                .map(step -> step.commands() + "echo '" + END_OF_STEP + "'\n")
                .collect(Collectors.joining("", "set -eu\n", ""));
    }

    /** What each step printed. */
    private static List<String> run(Path folder, Path script, String url, String key)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString())
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("METERPORT_URL", url);
        builder.environment().put("METERPORT_API_KEY", key);
        Process process = builder.start();
        boolean ended = process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended).as("the page's commands end in time").isTrue();
        assertThat(process.exitValue()).as(() -> read(errors)).isZero();
        return Pattern.compile(END_OF_STEP + "\n", Pattern.LITERAL)
                .splitAsStream(read(output))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
