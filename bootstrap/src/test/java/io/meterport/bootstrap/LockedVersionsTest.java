package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The archive is made of the versions that somebody has looked at, and of nothing else. */
class LockedVersionsTest {
    private static final Path LOOKED_AT = Path.of("..", "docs", "dependencies.txt");
    /** Written by Maven, which alone knows what it chose. */
    private static final Path CHOSEN = Path.of("target", "dependencies.txt");

    private static final Pattern LINE = Pattern.compile(
            "\\s*([\\w.-]+):([\\w.-]+):jar:(?:[\\w.-]+:)??([\\w.-]+):(?:compile|runtime)\\b.*");

    @Threat("I29")
    @Test
    void theArchiveIsMadeOfWhatWasLookedAt() throws IOException {
        List<String> chosen = Files.readAllLines(CHOSEN).stream()
                .map(LINE::matcher)
                .filter(line -> line.matches())
                .map(line -> line.group(1) + ":" + line.group(2) + ":" + line.group(3))
                .sorted()
                .toList();

        assertThat(chosen).hasSizeGreaterThan(10);
        assertThat(Files.readAllLines(LOOKED_AT).stream().filter(line -> !line.startsWith("#")))
                .as("docs/dependencies.txt, which is changed by whoever looked at what is new")
                .containsExactlyElementsOf(chosen);
    }
}
