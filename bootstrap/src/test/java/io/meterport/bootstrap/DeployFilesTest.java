package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What people copy from docs/deploy says what it means to those who read it. */
class DeployFilesTest {
    private static final Path FOLDER = Path.of("..", "docs", "deploy");
    private static final Path CHECKS = Path.of("src", "test", "deploy");

    @Test
    void setsNothingThatTheServerDoesNotKnow() throws IOException {
        for (Map<String, String> environment : List.of(ofCompose(), ofKubernetes())) {
            assertThat(SettingsReader.warnings(environment)).isEmpty();

            Settings settings = SettingsReader.read(Optional.empty(), environment, Map.of());

            assertThatCode(() -> Storages.check(settings.storage(), Path.of("data")))
                    .doesNotThrowAnyException();
            assertThat(settings.storage().events()).isEqualTo("postgres");
            assertThat(settings.storage().catalog()).isEqualTo("postgres");
            assertThat(environment).containsEntry("METERPORT_PORTAL_REVOCATIONS_TYPE", "redis");
            assertThat(settings.server().operators()).isPresent();
            assertThat(settings.server().trustedProxies()).isNotEmpty();
        }
    }

    @Test
    void keepsSecretsOutOfTheEnvironmentWhereAFileWillDo() throws IOException {
        for (Map<String, String> environment : List.of(ofCompose(), ofKubernetes())) {
            assertThat(environment.keySet())
                    .contains("METERPORT_STORAGE_POSTGRES_PASSWORD_FILE")
                    .noneMatch(name -> name.endsWith("PASSWORD"));
        }
    }

    @Test
    @Tag("node")
    void fitsTheSchemasOfComposeAndKubernetes() throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();

        NodeProject.at(CHECKS, Map.of())
                .node(said::add, "check.mjs", FOLDER.toAbsolutePath().toString());

        assertThat(said).filteredOn(line -> line.startsWith("fine: ")).hasSize(7);
    }

    @Test
    @Tag("proxies")
    void isAConfigurationThatHaproxyTakes() throws IOException, InterruptedException {
        assertThat(run("haproxy", "-c", "-f", FOLDER.resolve("haproxy.cfg").toString()))
                .contains("valid");
    }

    private static Map<String, String> ofCompose() throws IOException {
        Map<?, ?> service =
                (Map<?, ?>) at(documents("compose.yaml").getFirst(), "services").get("meterport");
        return texts((Map<?, ?>) service.get("environment"));
    }

    private static Map<String, String> ofKubernetes() throws IOException {
        Map<?, ?> config = documents("kubernetes.yaml").stream()
                .filter(document -> document.get("kind").equals("ConfigMap"))
                .findFirst()
                .orElseThrow();
        return texts(at(config, "data"));
    }

    private static Map<?, ?> at(Map<?, ?> map, String key) {
        return (Map<?, ?>) map.get(key);
    }

    private static Map<String, String> texts(Map<?, ?> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name.toString(), value.toString()));
        return texts;
    }

    private static List<Map<?, ?>> documents(String file) throws IOException {
        List<Map<?, ?>> documents = new ArrayList<>();
        new Yaml()
                .loadAll(Files.readString(FOLDER.resolve(file)))
                .forEach(document -> documents.add((Map<?, ?>) document));
        return documents;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return said;
    }
}
