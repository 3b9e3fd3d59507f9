package io.meterport.bootstrap.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, as a user runs it, on a free port of the loopback. Rates are
 * not limited, since a test asks far more often than a customer does.
 */
public final class ServerProcess implements AutoCloseable {
    private static final String READY = "listening on http://127.0.0.1:";
    private static final int STOP_SECONDS = 60;

    private final Process process;
    private final Path data;
    private final int port;
    private final String key;
    private final long startNanos;

    private ServerProcess(Process process, Path data, int port, String key, long startNanos) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.key = key;
        this.startNanos = startNanos;
    }

    /** Starts one on that data folder and waits until it listens. */
    public static ServerProcess start(Path data, String... jvmOptions) throws IOException {
        return start(data, Map.of(), Optional.empty(), jvmOptions);
    }

    /**
     * As that, with more in its environment.
     *
     * @param overlay a folder of classes that it runs instead of its own
     */
    public static ServerProcess start(
            Path data,
            Map<String, String> environment,
            Optional<Path> overlay,
            String... jvmOptions)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(jvmOptions));
        String classPath = System.getProperty("java.class.path");
        command.addAll(List.of(
                "-cp",
                overlay.map(folder -> folder + File.pathSeparator + classPath).orElse(classPath)));
        command.add("io.meterport.bootstrap.Main");
        return start(data, environment, command);
    }

    /** Starts one by the launcher of the archive, as a user does. */
    public static ServerProcess launch(Path launcher, Path data) throws IOException {
        return start(
                data,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(launcher.toString()));
    }

    private static ServerProcess start(
            Path data, Map<String, String> environment, List<String> program) throws IOException {
        long begin = System.nanoTime();
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        // What is set for the server of somebody who measures must not lead to that one's store.
        builder.environment().keySet().removeIf(name -> name.startsWith("METERPORT_"));
        builder.environment().put("METERPORT_PORTAL_RATES_QUERIES_PER_SECOND", "0");
        builder.environment().put("METERPORT_PORTAL_RATES_TOKENS_PER_SECOND", "0");
        builder.environment().put("METERPORT_PORTAL_RATES_BAD_TOKENS_PER_MINUTE", "0");
        builder.environment().putAll(environment);
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile()));
        Process process = builder.start();
        // Neither a test that fails nor one that is stopped leaves a server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> drain(out));
                int port = Integer.parseInt(line.substring(READY.length()).strip());
                String key = Files.readString(data.resolve("admin-key")).strip();
                return new ServerProcess(process, data, port, key, System.nanoTime() - begin);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "the server did not start: " + Files.readString(data.resolve("server.log")));
    }

    /** Its data folder. */
    public Path data() {
        return data;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its admin key. */
    public String key() {
        return key;
    }

    /** How long it took from starting the process to listening, in nanoseconds. */
    public long startNanos() {
        return startNanos;
    }

    /** The process itself. */
    public Process process() {
        return process;
    }

    /** How much memory it has resident now, in bytes; Linux only. */
    public long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                .findFirst()
                .orElse(0);
    }

    /** Ends it at once, as a power cut would. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private static void drain(BufferedReader out) {
        try {
            while (out.readLine() != null) {
                // Nobody reads what else it says; it must only not block on saying it.
            }
        } catch (IOException e) {
            // The process was killed, and its output is closed.
        }
    }
}
