package io.meterport.bootstrap.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final Instant TIME = Instant.parse("2026-11-20T09:00:00.123456Z");

    @Test
    void writesALineForPeople() {
        LogRecord record = record(Level.WARNING, "{0} took {1} ms; {2}", "GET", 8_888);

        assertThat(new TextLines().format(record))
                .isEqualTo("2026-11-20T09:00:00.123Z warning Logger: GET took 8888 ms; {2}\n");
    }

    @Test
    void writesALineForMachines() {
        LogRecord record = record(Level.INFO, "{0}", "a \"b\"");

        assertThat(new JsonLines().format(record))
                .isEqualTo("{\"time\":\"2026-11-20T09:00:00.123Z\",\"level\":\"info\","
                        + "\"logger\":\"some.Logger\",\"message\":\"a \\\"b\\\"\"}\n");
    }

    @Test
    void letsNoValueBreakALineOrMoveACursor() {
        String hostile = "a\nb\r\u001b[31m\u0000\u0085\u2028\u202e\u200b\uD800 ${jndi:ldap} %n";

        String text = new TextLines().format(record(Level.INFO, "{0}", hostile));
        String json = new JsonLines().format(record(Level.INFO, hostile));

        String plain = "a\\u000ab\\u000d\\u001b[31m\\u0000\\u0085\\u2028\\u202e\\u200b\\ud800"
                + " ${jndi:ldap} %n";
        assertThat(text).endsWith("Logger: " + plain + "\n");
        assertThat(message(json)).isEqualTo(plain);
    }

    @Test
    void cutsLongValues() {
        LogRecord record = record(Level.INFO, "{0}!", "x".repeat(1_000));

        assertThat(new TextLines().format(record)).endsWith(": " + "x".repeat(256) + "…!\n");
    }

    @Test
    void keepsAStackTraceInsideItsRecord() {
        LogRecord record = record(Level.SEVERE, "it broke");
        record.setThrown(new IllegalStateException("first\nforged line", new RuntimeException()));

        String text = new TextLines().format(record);
        String json = new JsonLines().format(record);

        assertThat(text.lines().skip(1)).allMatch(line -> line.startsWith("  "));
        assertThat(text)
                .contains("\n  java.lang.IllegalStateException: first\\u000aforged line\n    at ");
        assertThat(text).contains("\n  caused by java.lang.RuntimeException\n    at ");
        assertThat(json.lines()).hasSize(1);
        assertThat(members(json).get("error").orElseThrow()).isInstanceOf(Json.Arr.class);
    }

    private static LogRecord record(Level level, String message, Object... values) {
        LogRecord record = new LogRecord(level, message);
        record.setInstant(TIME);
        record.setLoggerName("some.Logger");
        record.setParameters(values);
        return record;
    }

    private static String message(String json) {
        return ((Json.Text) members(json).get("message").orElseThrow()).value();
    }

    private static Json.Obj members(String json) {
        return (Json.Obj) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
