package io.meterport.bootstrap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class with a main method that runs in a process of its own, says its port, and serves. */
final class OwnProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private OwnProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it with those arguments, and waits for the line that it prints. */
    static OwnProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String port = out.readLine();
        if (port == null) {
            throw new IllegalStateException(main.getSimpleName() + " did not start");
        }
        return new OwnProcess(process, Integer.parseInt(port));
    }

    Process process() {
        return process;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
