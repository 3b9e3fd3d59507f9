package io.meterport.adapters.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.postgres.server.PostgresOptions.Tls;
import io.meterport.application.spi.CombinationCap;
import io.meterport.application.spi.SubjectCap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresOptionsTest {
    private static final String URL = "jdbc:postgresql://db.example.com/meterport";

    @Test
    void takesAllThatIsSaid() {
        PostgresOptions options = PostgresOptions.of(Map.ofEntries(
                Map.entry("url", URL),
                Map.entry("user", "meterport"),
                Map.entry("password-file", "secret"),
                Map.entry("tls", "require"),
                Map.entry("tls-roots", "roots.pem"),
                Map.entry("pool", "3"),
                Map.entry("pool-timeout", "500ms"),
                Map.entry("query-timeout", "PT7S"),
                Map.entry("write-timeout", "8s"),
                Map.entry("raw-budget", "9"),
                Map.entry("warn-combinations", "10"),
                Map.entry("most-combinations", "11"),
                Map.entry("beyond-combinations", "fold"),
                Map.entry("warn-subjects", "12"),
                Map.entry("most-subjects", "13"),
                Map.entry("prepared", "false"),
                Map.entry("migrate", "false")));

        assertThat(options)
                .isEqualTo(new PostgresOptions(
                        URL,
                        "meterport",
                        Optional.empty(),
                        Optional.of(Path.of("secret")),
                        Tls.REQUIRE,
                        Optional.of(Path.of("roots.pem")),
                        3,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        9,
                        new CombinationCap(10, 11, CombinationCap.Beyond.FOLD),
                        new SubjectCap(12, 13),
                        false,
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example.com/meterport, VERIFY",
        "postgresql://10.0.0.1:5432/meterport, VERIFY",
        "jdbc:postgresql://localhost.example.com/meterport, VERIFY",
        "'jdbc:postgresql://localhost,db.example.com/meterport', VERIFY",
        "jdbc:postgresql://127.0.0.1:5432/meterport, OFF",
        "jdbc:postgresql://localhost/meterport, OFF",
        "'jdbc:postgresql://[::1]:5432/meterport', OFF",
    })
    void isSureOfEveryServerButThoseOnTheSameMachine(String url, Tls tls) {
        PostgresOptions options = PostgresOptions.of(Map.of("url", url, "user", "meterport"));

        assertThat(options.tls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @CsvSource({
        "pol, 3, no option pol",
        "pool, three, pool",
        "pool, 1, pool",
        "tls, maybe, tls",
        "most-combinations, many, most-combinations",
        "warn-combinations, -1, warn-combinations",
        "most-subjects, -1, most-subjects",
        "beyond-combinations, forget, beyond-combinations",
        "prepared, yes, prepared",
        "query-timeout, 5, query-timeout",
        "query-timeout, 500ms, query-timeout",
        "url, jdbc:mysql://db.example.com/meterport, url",
        "url, jdbc:postgresql://db.example.com/meterport?password=hush-hush, url",
        "url, jdbc:postgresql://me:hush-hush@db.example.com/meterport, url",
    })
    void namesWhatIsWrongAndNeverItsValue(String name, String value, String expected) {
        Map<String, String> options = new HashMap<>(Map.of("url", URL, "user", "meterport"));
        options.put(name, value);

        assertThatThrownBy(() -> PostgresOptions.of(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("hush-hush");
    }

    @Test
    void takesThePasswordFromOnePlaceAndTellsItNobody() {
        Map<String, String> both = Map.of(
                "url", URL, "user", "me", "password", "hush-hush", "password-file", "secret");
        Map<String, String> one = Map.of("url", URL, "user", "me", "password", "hush-hush");

        assertThatThrownBy(() -> PostgresOptions.of(both))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(PostgresOptions.of(one).toString()).doesNotContain("hush-hush");
    }
}
