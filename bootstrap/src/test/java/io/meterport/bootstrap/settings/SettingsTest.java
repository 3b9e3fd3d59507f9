package io.meterport.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.application.Threat;
import io.meterport.application.meter.MeterDraft;
import io.meterport.application.portal.Freshness;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void holdsTheDocumentedDefaultsWhenNothingIsSaid() {
        Settings settings = SettingsReader.read(Optional.empty(), Map.of(), Map.of());

        assertThat(settings)
                .isEqualTo(new Settings(
                        new Settings.Server(
                                new Settings.Listener("127.0.0.1", 8888),
                                Optional.empty(),
                                8_192,
                                256,
                                Optional.empty(),
                                16,
                                new Settings.Deadlines(
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(30),
                                        Duration.ofMinutes(2),
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(10)),
                                List.of()),
                        Settings.Auth.KEYS,
                        new Settings.Data(
                                Path.of("meterport-data"), Optional.empty(), Optional.empty()),
                        new Settings.Storage("sqlite", "sqlite", Map.of()),
                        new Settings.Portal(
                                Duration.ofHours(24),
                                Duration.ofDays(30),
                                new Settings.Cors(List.of("*"), List.of()),
                                new Settings.Pages(List.of(), false),
                                new Settings.Rates(
                                        new Settings.Rate(10, 50), new Settings.Rate(50, 200), 20),
                                new Settings.Revocations(
                                        Settings.Feed.NONE,
                                        Freshness.DEFAULT,
                                        new Settings.Redis(
                                                "127.0.0.1",
                                                6_379,
                                                Optional.empty(),
                                                Optional.empty(),
                                                false,
                                                Optional.empty(),
                                                "meterport"))),
                        List.of(),
                        new Settings.Logging(Settings.LogFormat.TEXT, Settings.LogLevel.INFO)));
    }

    @Test
    void mapsEveryKeyOfTheFile() throws IOException {
        Settings settings = read("""
                server:
                  host: 0.0.0.0
                  port: 9000
                  operators:
                    host: "::1"
                    port: 9001
                  limits:
                    connections: 100
                    ingests: 10
                    queries: 20
                    kept-answers: 64
                  deadlines:
                    headers: 1s
                    body: 2s
                    write: 3s
                    idle: 4s
                    stop: 500ms
                    stuck: 1m
                  trusted-proxies: [10.0.0.0/8, "fd00::1"]
                auth:
                  type: keys
                data:
                  dir: /var/lib/meterport
                  backup-dir: /backup
                  keep-events: 400d
                storage:
                  events:
                    type: sqlite
                  catalog:
                    type: memory
                  sqlite:
                    read-pool: 3
                portal:
                  token-life: 15m
                  longest-token-life: 7d
                  cors:
                    origins: [https://app.example.com, http://localhost:5173]
                    headers: [x-trace]
                  embed:
                    origins: [https://app.example.com]
                  playground: true
                  rates:
                    queries-per-second: 1
                    queries-burst: 2
                    tokens-per-second: 3
                    tokens-burst: 4
                    bad-tokens-per-minute: 5
                  revocations:
                    type: redis
                    max-staleness: 0s
                    on-unavailable: bounded
                    max-extra: 5m
                    redis:
                      host: redis.internal
                      port: 6380
                      user: portal
                      password-file: /run/secrets/redis
                      tls: true
                      ca-file: /etc/redis-ca.pem
                      name: billing
                meters:
                  - slug: tokens_total
                    name: Tokens
                    description: All of them
                    aggregation: SUM
                    event-type: prompt
                    event-from: 2026-01-31T00:00:00+01:00
                    value-property: $.tokens
                    group-by:
                      model: $.model
                      Type: $['the.type']
                    metadata:
                      unit: token
                  - { slug: prompts, aggregation: COUNT, event-type: prompt }
                logging:
                  format: json
                  level: debug
                """);

        assertThat(settings)
                .isEqualTo(new Settings(
                        new Settings.Server(
                                new Settings.Listener("0.0.0.0", 9_000),
                                Optional.of(new Settings.Listener("::1", 9_001)),
                                100,
                                10,
                                Optional.of(20),
                                64,
                                new Settings.Deadlines(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(3),
                                        Duration.ofSeconds(4),
                                        Duration.ofMillis(500),
                                        Duration.ofMinutes(1)),
                                List.of("10.0.0.0/8", "fd00::1")),
                        Settings.Auth.KEYS,
                        new Settings.Data(
                                Path.of("/var/lib/meterport"),
                                Optional.of(Path.of("/backup")),
                                Optional.of(Duration.ofDays(400))),
                        new Settings.Storage(
                                "sqlite", "memory", Map.of("sqlite", Map.of("read-pool", "3"))),
                        new Settings.Portal(
                                Duration.ofMinutes(15),
                                Duration.ofDays(7),
                                new Settings.Cors(
                                        List.of("https://app.example.com", "http://localhost:5173"),
                                        List.of("x-trace")),
                                new Settings.Pages(List.of("https://app.example.com"), true),
                                new Settings.Rates(
                                        new Settings.Rate(1, 2), new Settings.Rate(3, 4), 5),
                                new Settings.Revocations(
                                        Settings.Feed.REDIS,
                                        new Freshness(
                                                Duration.ZERO,
                                                Optional.of(Duration.ofSeconds(300))),
                                        new Settings.Redis(
                                                "redis.internal",
                                                6_380,
                                                Optional.of("portal"),
                                                Optional.of(Path.of("/run/secrets/redis")),
                                                true,
                                                Optional.of(Path.of("/etc/redis-ca.pem")),
                                                "billing"))),
                        List.of(
                                new MeterDraft(
                                        new MeterSlug("tokens_total"),
                                        Optional.of("Tokens"),
                                        Optional.of("All of them"),
                                        new EventType("prompt"),
                                        Optional.of(Instant.parse("2026-01-30T23:00:00Z")),
                                        new Aggregation.Sum(PropertyPath.of("$.tokens")),
                                        List.of(
                                                dimension("model", "$.model"),
                                                dimension("Type", "$['the.type']")),
                                        Optional.of(Map.of("unit", "token"))),
                                new MeterDraft(
                                        new MeterSlug("prompts"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        new EventType("prompt"),
                                        Optional.empty(),
                                        new Aggregation.Count(),
                                        List.of(),
                                        Optional.empty())),
                        new Settings.Logging(Settings.LogFormat.JSON, Settings.LogLevel.DEBUG)));
    }

    @Test
    void takesTheCommandLineBeforeTheEnvironmentBeforeTheFile() throws IOException {
        Path file = file("server: { host: 127.0.0.2, port: 1 }\ndata: { dir: file }");
        Map<String, String> environment =
                Map.of("METERPORT_SERVER_PORT", "2", "METERPORT_DATA_DIR", "environment");

        Settings settings =
                SettingsReader.read(Optional.of(file), environment, Map.of("data.dir", "option"));

        assertThat(settings.server().listener()).isEqualTo(new Settings.Listener("127.0.0.2", 2));
        assertThat(settings.data().folder()).isEqualTo(Path.of("option"));
    }

    @Test
    void letsTheEnvironmentReplaceAWholeListAndAStoragesOption() throws IOException {
        Path file =
                file("portal: { cors: { origins: ['https://a.example', 'https://b.example'] } }\n"
                        + "storage: { sqlite: { read-pool: 3, other: 1 } }");
        Map<String, String> environment = Map.of(
                "METERPORT_PORTAL_CORS_ORIGINS", "https://c.example",
                "METERPORT_STORAGE_SQLITE_READ_POOL", "4");

        Settings settings = SettingsReader.read(Optional.of(file), environment, Map.of());

        assertThat(settings.portal().cors().origins()).containsExactly("https://c.example");
        assertThat(settings.storage().options("sqlite"))
                .isEqualTo(Map.of("read-pool", "4", "other", "1"));
    }

    @Test
    void givesEveryKeyAVariableOfItsOwn() {
        Set<String> variables = new HashSet<>();

        assertThat(Keys.ALL)
                .allSatisfy(key -> assertThat(variables.add(key.variable())).isTrue());
        assertThat(variables).contains("METERPORT_SERVER_PORT", "METERPORT_PORTAL_TOKEN_LIFE");
    }

    @Test
    void isDocumentedKeyByKeyWithItsDefaults() throws IOException {
        Pattern row = Pattern.compile("^\\| `([a-z.-]+)` \\| (?:`([^`]*)` )?\\|.*");
        Map<String, String> documented = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/configuration.md"))) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()
                    && !matcher.group(1).matches("storage\\.(sqlite|postgres)\\..*")) {
                documented.put(matcher.group(1), Objects.requireNonNullElse(matcher.group(2), ""));
            }
        }

        assertThat(documented).containsExactlyEntriesOf(SettingsReader.defaults());
    }

    @Threat("I25")
    @ParameterizedTest
    @CsvSource({
        "'server: { prot: 1 }', server.prot, server.port",
        "'port: 1', port, server.port",
        "'Server: { port: 1 }', Server.port, server.port",
        "'portal: { tokenLife: 1h }', portal.tokenLife, portal.token-life",
        "'server: { port: { a: 1 } }', server.port.a, server.port",
        "'storage: { events: { typ: sqlite } }', storage.events.typ, storage.events.type",
        "'meters: [{ slugg: a }]', meters.0.slugg, meters.0.slug",
    })
    void refusesAnUnknownKeyAndNamesTheNearestRightOne(String yaml, String unknown, String right) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(SettingsProblem.class)
                .hasMessage("The configuration file has the key " + unknown
                        + ", which does not exist; the nearest that does is " + right + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server: { port: 65536 }       | server.port must be a whole number from 0 to 65,535",
                "server: { port: http }        | server.port must be a whole number from 0 to 65,535",
                "server: { port: '' }          | server.port must be a whole number from 0 to 65,535",
                "server: { host: 'a b' }       | server.host must be an address or a host name",
                "server: { host: 127.0.0.300 } | server.host must be an address or a host name",
                "server: { deadlines: { body: 10 } } | server.deadlines.body must be a time",
                "server: { deadlines: { stuck: 999ms } } | server.deadlines.stuck must be a time",
                "server: { trusted-proxies: [10.0.0.0/33] } | server.trusted-proxies must be a list",
                "auth: { type: no }            | auth.type must be keys or none",
                "portal: { token-life: 31d }   | portal.token-life must not be longer",
                "portal: { cors: { origins: [] } } | portal.cors.origins must be a list of origins",
                "portal: { cors: { origins: ['*', 'https://a.example'] } } | portal.cors.origins must be",
                "portal: { cors: { origins: ['https://a.example/'] } } | portal.cors.origins must be",
                "portal: { embed: { origins: ['https://a.example/x'] } } | portal.embed.origins must be a",
                "portal: { embed: { origins: ['*', 'https://a.example'] } } | portal.embed.origins must",
                "portal: { playground: yes please } | portal.playground must be true or false",
                "portal: { revocations: { type: kafka } } | portal.revocations.type must be none or redis",
                "portal: { revocations: { on-unavailable: open } }"
                        + " | portal.revocations.on-unavailable must be closed or bounded",
                "portal: { revocations: { max-extra: 301s } }"
                        + " | portal.revocations.max-extra must be a time from 1s to 300s",
                "logging: { level: loud }      | logging.level must be debug, info",
                "meters: { slug: a }           | meters must be a list",
                "meters: [{ slug: A-b, event-type: e, aggregation: COUNT }] | meters.0.slug is refused",
                "meters: [{ slug: a, aggregation: COUNT }] | meters.0.event-type is missing",
                "meters: [{ slug: a, event-type: e, aggregation: SUM }] | meters.0.value-property is missing",
                "meters: [{ slug: a, event-type: e, aggregation: sum, value-property: $.v }] | meters.0.aggregation must be",
                "meters: [{ slug: a, event-type: e, aggregation: COUNT, value-property: $.v }] | meters.0.value-property must not",
                "meters: [{ slug: a, event-type: e, aggregation: COUNT, event-from: today }] | meters.0.event-from must be a time",
                "meters: [{ slug: a, event-type: e, aggregation: COUNT, group-by: { value: $.v } }] | meters.0.group-by is refused",
                "server: { operators: { port: 8888 } } | server.operators must have another port",
            })
    void refusesABrokenValueWithItsKeyAndItsRule(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void neverRepeatsAValue() {
        Map<String, String> environment = Map.of("METERPORT_SERVER_PORT", "om_sk_secret");

        assertThatThrownBy(() -> SettingsReader.read(Optional.empty(), environment, Map.of()))
                .hasMessageContaining("environment variable METERPORT_SERVER_PORT")
                .hasMessageNotContaining("om_sk_secret");
    }

    @Test
    void refusesToBeOpenToOthersWithoutKeys() {
        for (String yaml : List.of(
                "auth: { type: none }\nserver: { host: 0.0.0.0 }",
                "auth: { type: none }\nserver: { host: example.com }",
                "auth: { type: none }\nserver: { operators: { host: '::', port: 1 } }")) {
            assertThatThrownBy(() -> read(yaml))
                    .isInstanceOf(SettingsProblem.class)
                    .hasMessageStartingWith("auth.type none is allowed only where");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.8.9.10", "::1", "localhost"})
    void allowsNoKeysOnALoopbackAddress(String host) {
        Settings settings = SettingsReader.read(
                Optional.empty(), Map.of(), Map.of("auth.type", "none", "server.host", host));

        assertThat(settings.auth()).isEqualTo(Settings.Auth.NONE);
    }

    @Test
    void refusesAKeyGivenTwiceAndSaysWhere() {
        assertThatThrownBy(() -> read("server: { port: 1 }\nserver: { host: localhost }\n"))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("line 2, column 1: found duplicate key server");
    }

    @Test
    void refusesWhatIsNotYaml() {
        assertThatThrownBy(() -> read("server: [")).hasMessageContaining("line 1, column 10: ");
        assertThatThrownBy(() -> read("just text")).hasMessageContaining("keys and values");
        assertThatThrownBy(() -> SettingsReader.read(
                        Optional.of(folder.resolve("absent.yaml")), Map.of(), Map.of()))
                .hasMessageContaining("does not exist or cannot be read");
    }

    @Test
    void takesAnEmptyFileForNothingSaid() throws IOException {
        Settings nothing = SettingsReader.read(Optional.empty(), Map.of(), Map.of());

        assertThat(read("")).isEqualTo(nothing);
        assertThat(read("# a comment\nserver:\nmeters:\n")).isEqualTo(nothing);
    }

    @Test
    void onlyWarnsOfUnknownVariables() {
        Map<String, String> environment = Map.of(
                "METERPORT_SERVER_PROT", "1",
                "METERPORT_SERVER_PORT", "tcp://10.0.0.1:8888",
                "METERPORT_URL", "http://localhost",
                "METERPORT_ADMIN_KEY", "secret",
                "PATH", "/bin");

        Settings settings = SettingsReader.read(Optional.empty(), environment, Map.of());

        assertThat(settings.server().listener().port()).isEqualTo(8_888);
        assertThat(SettingsReader.warnings(environment))
                .containsExactly(
                        "The environment variable METERPORT_SERVER_PORT looks made by an"
                                + " orchestrator and is not used.",
                        "The environment variable METERPORT_SERVER_PROT is not known and not used;"
                                + " the nearest that is known is METERPORT_SERVER_PORT.");
    }

    private Settings read(String yaml) throws IOException {
        return SettingsReader.read(Optional.of(file(yaml)), Map.of(), Map.of());
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("meterport.yaml"), yaml);
    }

    private static Dimension dimension(String key, String path) {
        return new Dimension(new DimensionKey(key), PropertyPath.of(path));
    }
}
