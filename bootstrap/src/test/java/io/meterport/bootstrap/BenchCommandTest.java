package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderWithAnythingInItIsLeftAlone() throws IOException {
        Path store = Files.writeString(folder.resolve("meterport.db"), "somebody's");

        CommandLineRun run = CommandLineRun.of(Map.of(), "bench", "--data", folder.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is not empty", "name an empty folder");
        assertThat(store).hasContent("somebody's");
    }

    @Test
    void roundsOfNoLengthAreRefused() {
        assertThat(CommandLineRun.of(Map.of(), "bench", "--seconds", "0").err())
                .isEqualTo("meterport: --seconds must be 1 to 60.\n");
        assertThat(CommandLineRun.of(Map.of(), "bench", "--rate", "0").err())
                .isEqualTo("meterport: --rate must be at least 1.\n");
    }
}
