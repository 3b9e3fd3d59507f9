package io.meterport.bootstrap.overlay;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A test of any module, run in a process of its own.
 *
 * @param module the module's folder in the tree
 * @param test a class or {@code class#method}
 */
public record Proof(String module, String test) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LONG_PATIENCE = Duration.ofHours(3);
    /** Small: a bug has to show itself soon. */
    private static final List<String> SIZES =
            List.of("-Dproofs.states=600", "-Dproofs.kills=5", "-Dproofs.stops=4");
    /** As in a build: properties remember what failed where nobody commits it. */
    private static final String DATABASE = "-Djqwik.database=target/jqwik-database";

    /**
     * What came of a run.
     *
     * @param told its first failure
     */
    public record Outcome(boolean passed, String told) {}

    /**
     * Runs it with these classes instead of the product's own.
     *
     * @param log where all that it says is kept
     * @throws IllegalStateException if it neither passed nor failed
     */
    public Outcome run(Optional<Path> overlay, Path log) throws IOException, InterruptedException {
        return runWith(overlay, SIZES, PATIENCE, log);
    }

    /**
     * The same, as large as this process was told to do it.
     *
     * @param sizes the names, without {@code proofs.}, of what is handed on
     */
    public Outcome run(Optional<Path> overlay, List<String> sizes, Path log)
            throws IOException, InterruptedException {
        return runWith(
                overlay,
                sizes.stream()
                        .map(name -> "proofs." + name)
                        .map(name -> "-D" + name + "=" + System.getProperty(name, ""))
                        .toList(),
                LONG_PATIENCE,
                log);
    }

    private Outcome runWith(Optional<Path> overlay, List<String> sizes, Duration patience, Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(sizes);
        command.add(DATABASE);
        command.addAll(List.of("-cp", classPath(overlay), ProofRun.class.getName(), test));
        Process process = new ProcessBuilder(command)
                .directory(Overlay.TREE.resolve(module).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(patience)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return new Outcome(false, "it did not come to an end");
        }
        int code = process.exitValue();
        if (code != 0 && code != ProofRun.FAILED) {
            throw new IllegalStateException("could not be run: " + Files.readString(log));
        }
        return new Outcome(code == 0, firstFailure(log));
    }

    private String classPath(Optional<Path> overlay) {
        List<String> path = new ArrayList<>();
        overlay.ifPresent(folder -> path.add(folder.toAbsolutePath().toString()));
        path.add(Overlay.TREE
                .resolve(module)
                .resolve("target/test-classes")
                .toAbsolutePath()
                .normalize()
                .toString());
        path.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, path);
    }

    private static String firstFailure(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("FAILED "))
                .findFirst()
                .map(line -> line.substring("FAILED ".length()))
                .orElse("");
    }
}
