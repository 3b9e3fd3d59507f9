package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A folder with a Node project: installed from its lock file when that changed, and run. Without
 * Node it fails, never skips.
 */
final class NodeProject {
    private static final Path CLIENTS = Path.of("src", "test", "sdk");
    private static final int OLDEST_NODE = 20;
    private static final Duration INSTALL_BOUND = Duration.ofMinutes(5);
    private static final Duration RUN_BOUND = Duration.ofMinutes(2);

    private final Path folder;
    private final Map<String, String> environment;

    private NodeProject(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** The one that holds the published clients, talking to the server there with an admin key. */
    static NodeProject against(String url, String adminKey)
            throws IOException, InterruptedException {
        return at(CLIENTS, Map.of("METERPORT_URL", url, "METERPORT_API_KEY", adminKey));
    }

    /** The one in that folder, its packages installed, whose programs see these variables. */
    static NodeProject at(Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        NodeProject project = new NodeProject(folder, environment);
        project.requireNode();
        project.install();
        return project;
    }

    /** A file of the published clients, such as the data of an installed package. */
    static Path file(String path) {
        return CLIENTS.resolve(path);
    }

    /** Runs Node with these arguments; every line goes to the consumer, and failure is red. */
    void node(Consumer<String> output, String... arguments)
            throws IOException, InterruptedException {
        node(RUN_BOUND, output, arguments);
    }

    /** The same for what takes its time. */
    void node(Duration bound, Consumer<String> output, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        run(command, environment, bound, output);
    }

    /** Runs a script of the project's; every line is printed, and failure is red. */
    void script(String name, Duration bound) throws IOException, InterruptedException {
        run(List.of("npm", "run", name), environment, bound, System.out::println);
    }

    private void requireNode() throws IOException, InterruptedException {
        List<String> versions = new ArrayList<>();
        try {
            run(List.of("node", "--version"), Map.of(), RUN_BOUND, versions::add);
            run(List.of("npm", "--version"), Map.of(), RUN_BOUND, _ -> {});
        } catch (IOException absent) {
            fail(
                    "Install Node 20 or newer with npm: the tests drive npm packages, theirs and ours.");
        }
        String version = versions.getLast();
        if (Integer.parseInt(version.replaceAll("^v|\\..*$", "")) < OLDEST_NODE) {
            fail("Install Node 20 or newer with npm: the tests cannot run on Node %s.", version);
        }
    }

    private void install() throws IOException, InterruptedException {
        Path lock = folder.resolve("package-lock.json");
        Path installed = folder.resolve("node_modules", ".installed-lock");
        if (Files.exists(installed) && Files.mismatch(lock, installed) == -1) {
            return;
        }
        run(List.of("npm", "ci", "--no-progress"), Map.of(), INSTALL_BOUND, System.out::println);
        Files.copy(lock, installed);
    }

    private void run(
            List<String> command,
            Map<String, String> environment,
            Duration bound,
            Consumer<String> output)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread reader = Thread.startVirtualThread(() -> hand(process, output));
        boolean ended = process.waitFor(bound.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        reader.join();
        if (!ended) {
            fail("%s had not ended after %s.", String.join(" ", command), bound);
        }
        if (process.exitValue() != 0) {
            fail(
                    "%s ended with %d; its output says why.",
                    String.join(" ", command), process.exitValue());
        }
    }

    private static void hand(Process process, Consumer<String> output) {
        try (var lines = process.inputReader()) {
            lines.lines().forEach(output);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
