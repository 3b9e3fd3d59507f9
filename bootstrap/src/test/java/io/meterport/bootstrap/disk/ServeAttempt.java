package io.meterport.bootstrap.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How starting a server that cannot start ended.
 *
 * @param code its exit code
 * @param said all that it printed
 */
record ServeAttempt(int code, String said) {
    private static final long PATIENCE_SECONDS = 60;

    /** Starts one on that data folder, by way of another program if one is given. */
    static ServeAttempt on(Path data, String... by) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(by));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.meterport.bootstrap.Main",
                "serve",
                "--port",
                "0",
                "--data",
                data.toString()));
        Path out = Files.createTempFile("serve", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        String said = Files.readString(out, StandardCharsets.UTF_8);
        Files.delete(out);
        if (!ended) {
            throw new IllegalStateException("it did not refuse to start: " + said);
        }
        return new ServeAttempt(process.exitValue(), said);
    }
}
