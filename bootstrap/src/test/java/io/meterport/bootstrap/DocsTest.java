package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the pages say: every {@code bash} and {@code js} block, from top to bottom, against a
 * server of the page's own; a {@code text} block below one is what it must print. Blocks of {@code
 * sh} are for reading.
 */
@Tag("node")
class DocsTest {
    private static final Pattern BLOCK =
            Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String END = "--- end of block ---";
    private static final long PATIENCE_SECONDS = 120;
    /** Where Node finds the installed packages. */
    private static final Path SCRIPTS = Path.of("src", "test", "sdk", "node_modules", ".docs");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyPageIsTrue() throws IOException {
        List<Path> pages =
                new ArrayList<>(List.of(Path.of("../README.md"), Path.of("../docs/operations.md")));
        try (Stream<Path> guide = Files.list(Path.of("../docs/guide"))) {
            guide.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages.stream()
                .filter(page -> !commands(page).isEmpty())
                .map(page -> DynamicTest.dynamicTest(page.toString(), () -> requireTrue(page)));
    }

    /**
     * A block that is run.
     *
     * @param printed what it must print; empty where the page does not say
     */
    private record Command(String language, String text, String printed) {}

    private void requireTrue(Path page) throws IOException, InterruptedException {
        List<Command> commands = commands(page);
        Path data = Files.createTempDirectory(folder, "data");
        try (TestApp app = TestApp.start(data)) {
            Api admin = app.admin();
            if (commands.stream().anyMatch(command -> command.language().equals("js"))) {
                NodeProject.against(admin.url().toString(), admin.credential().orElseThrow());
            }
            String[] outputs = run(script(commands), admin).split(END + "\n", -1);

            for (int i = 0; i < commands.size(); i++) {
                String expected = commands.get(i).printed();
                if (!expected.isEmpty()) {
                    assertThat(outputs[i]).as(commands.get(i).text()).isEqualTo(expected);
                }
            }
        }
    }

    private static List<Command> commands(Path page) {
        List<Command> commands = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(read(page)); block.find(); ) {
            String language = block.group(1);
            if (language.equals("text") && !commands.isEmpty()) {
                Command last = commands.removeLast();
                commands.add(new Command(last.language(), last.text(), block.group(2)));
            } else if (language.equals("bash") || language.equals("js")) {
                commands.add(new Command(language, block.group(2), ""));
            }
        }
        return commands;
    }

    /** All blocks in one shell, so that one may use what another has set. */
    private static String script(List<Command> commands) throws IOException {
        StringBuilder script = new StringBuilder("set -eu\n");
        for (Command command : commands) {
            if (command.language().equals("js")) {
                Files.createDirectories(SCRIPTS);
                Path file = Files.createTempFile(SCRIPTS, "example", ".mjs");
                Files.writeString(file, command.text());
                script.append("node ").append(file.toAbsolutePath()).append('\n');
            } else {
                script.append(command.text());
            }
            script.append("echo '").append(END).append("'\n");
        }
        return script.toString();
    }

    private String run(String script, Api admin) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("page.sh"), script);
        Path out = folder.resolve("page.out");
        ProcessBuilder builder =
                new ProcessBuilder("bash", file.toString()).redirectErrorStream(true);
        builder.environment().put("METERPORT_URL", admin.url().toString());
        builder.environment().put("METERPORT_API_KEY", admin.credential().orElseThrow());
        Process process = builder.redirectOutput(out.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
