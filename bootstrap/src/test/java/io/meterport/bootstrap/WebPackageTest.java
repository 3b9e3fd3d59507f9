package io.meterport.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The npm package beside the Java modules, by its own means. */
@Tag("node")
class WebPackageTest {
    private static final Path FOLDER = Path.of("..", "adapters", "web");
    private static final Duration BOUND = Duration.ofMinutes(10);

    /** Also fails when what the server serves is not what these sources make. */
    @Test
    void isSoundAndWhatTheServerServesIsBuiltFromIt() throws IOException, InterruptedException {
        NodeProject.at(FOLDER, Map.of()).script("verify", BOUND);
    }

    @Test
    void worksInChromiumAgainstTheServer() throws IOException, InterruptedException {
        script("test:browser");
    }

    @Test
    void theGuidesExampleApplicationsShowUsage() throws IOException, InterruptedException {
        script("test:examples");
    }

    /** The server is a process, started by the archive's launcher. */
    private static void script(String name) throws IOException, InterruptedException {
        String launcher = Path.of(System.getProperty("meterport.archive"), "bin", "meterport")
                .toAbsolutePath()
                .toString();
        Map<String, String> environment = Map.of(
                "METERPORT_LAUNCHER", launcher, "METERPORT_JAVA", System.getProperty("java.home"));

        NodeProject.at(FOLDER, environment).script(name, BOUND);
    }
}
