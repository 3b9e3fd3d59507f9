package io.meterport.bootstrap;

import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The whole server in this process: a free port of the loopback, real files, real HTTP. */
final class TestApp implements AutoCloseable {
    private final App app;
    private final Path data;

    private TestApp(App app, Path data) {
        this.app = app;
        this.data = data;
    }

    static TestApp start(Path data) {
        return start(data, InstantSource.system(), Map.of());
    }

    /** One with limits on how often somebody may ask as configured, or off, and another clock. */
    static TestApp start(Path data, InstantSource time, Map<String, String> settings) {
        return start(data, time, settings, Optional.empty());
    }

    static TestApp start(
            Path data, InstantSource time, Map<String, String> settings, Optional<Path> file) {
        Settings all = settings(data, settings, file);
        return new TestApp(new App(all, Outside.at(time, Map.of())), data);
    }

    /** Settings for tests: any free port, and no limits on how often somebody may ask. */
    static Settings settings(Path data, Map<String, String> settings) {
        return settings(data, settings, Optional.empty());
    }

    private static Settings settings(Path data, Map<String, String> settings, Optional<Path> file) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("server.port", "0");
        options.put("data.dir", data.toString());
        options.put("portal.rates.queries-per-second", "0");
        options.put("portal.rates.tokens-per-second", "0");
        options.put("portal.rates.bad-tokens-per-minute", "0");
        options.putAll(TestStorage.settings(data));
        options.putAll(settings);
        return SettingsReader.read(file, Map.of(), options);
    }

    App app() {
        return app;
    }

    /** The holder of the first admin key. */
    Api admin() {
        try {
            String key = Files.readString(data.resolve("admin-key")).strip();
            return new Api(app.operatorsUrl(), Optional.of(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The holder of a new portal token of that subject. */
    Api portal(String subject) {
        return token("{\"subject\":\"%s\"}".formatted(subject));
    }

    /** The holder of the portal token that this request makes. */
    Api token(String request) {
        String token = admin().post("/api/v1/portal/tokens", request).text("token");
        return new Api(app.url(), Optional.of(token));
    }

    @Override
    public void close() {
        app.close();
    }

    /** A wall clock that a test moves. */
    static final class TestClock implements InstantSource {
        private volatile Instant now;

        TestClock(String now) {
            this.now = Instant.parse(now);
        }

        void set(String time) {
            now = Instant.parse(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
