package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.OpenApi.Operation;
import io.meterport.bootstrap.bench.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that everybody would notice go through everything, and are found nowhere afterwards. */
class CanaryTest {
    private static final String CANARY = "canary-0123456789-in-the-environment-abcdefghijkl";

    @Threat("I26")
    @Test
    void noSecretIsWrittenAnywhere(@TempDir Path data) throws IOException {
        Map<String, String> environment =
                Map.of("METERPORT_ADMIN_KEY", CANARY, "METERPORT_LOGGING_LEVEL", "debug");
        List<String> outputs = new ArrayList<>();
        List<String> secrets = new ArrayList<>(List.of(CANARY));
        try (ServerProcess server = ServerProcess.start(data, environment, Optional.empty())) {
            URI url = URI.create("http://127.0.0.1:" + server.port());
            Api admin = new Api(url, Optional.of(CANARY));
            assertThat(admin.get("/api/v1/meters").status()).isEqualTo(200);
            String key = admin.post("/api/v1/keys", "{\"scopes\":[\"query\"]}").text("key");
            String token = admin.post("/api/v1/portal/tokens", "{\"subject\":\"acme\"}")
                    .text("token");
            secrets.add(key.substring(33));
            secrets.add(token.substring(37));

            for (Operation operation : OpenApi.read().operations()) {
                if (!operation.path().endsWith("/stream")) {
                    outputs.addAll(tried(server.port(), operation, List.of(CANARY, key, token)));
                }
            }
            outputs.add(admin.get("/metrics").body());
            outputs.add(Files.readString(
                    Path.of("/proc", String.valueOf(server.process().pid()), "cmdline")));
        }
        outputs.addAll(files(data));

        assertThat(outputs).hasSizeGreaterThan(200);
        for (String secret : secrets) {
            assertThat(outputs).as("all that was written").noneMatch(text -> text.contains(secret));
        }
    }

    /** As a credential that is right or is not, and in places where it does not belong. */
    private static List<String> tried(int port, Operation operation, List<String> secrets) {
        String path = operation.path().replaceAll("\\{[^}]*}", "none");
        List<String> answers = new ArrayList<>();
        for (String secret : secrets) {
            for (String header : List.of(
                    "Authorization: Bearer " + secret,
                    "Authorization: Bearer " + secret + "x",
                    "Authorization: Basic " + secret,
                    "X-Api-Key: " + secret)) {
                answers.add(RawHttp.send(port, RawHttp.request(operation.method(), path, header)));
            }
            answers.add(RawHttp.send(
                    port,
                    RawHttp.request(
                            operation.method(),
                            path + "/" + secret + "?access_token=" + secret,
                            "Referer: http://localhost/" + secret)));
        }
        return answers;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("admin-key")) {
                    texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
            return texts;
        }
    }
}
