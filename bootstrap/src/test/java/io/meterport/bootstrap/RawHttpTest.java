package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken and hostile requests, each answered once and with the status that its file allows, by the
 * server itself and behind the proxies of docs/operations.md.
 */
class RawHttpTest {
    /** Short, so that what a client leaves undone is soon over. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "server.deadlines.headers",
            "2s",
            "server.deadlines.body",
            "2s",
            "server.deadlines.idle",
            "2s");

    @TempDir
    private static Path folder;

    @Threat({"A3", "A10", "A11", "H1", "H2", "H4", "H5", "H6", "H8"})
    @TestFactory
    Stream<DynamicNode> theServerItself() {
        return behind("direct", Optional.empty());
    }

    @Threat({"H1", "H4", "H5", "H6"})
    @Tag("proxies")
    @TestFactory
    Stream<DynamicNode> behindHaproxy() {
        return behind("haproxy", Optional.of(new Proxy.Haproxy()));
    }

    @Threat({"H1", "H4", "H5", "H6"})
    @Tag("proxies")
    @TestFactory
    Stream<DynamicNode> behindNginx() {
        return behind("nginx", Optional.of(new Proxy.Nginx()));
    }

    @Test
    void theFilesHoldWhatTheySay() {
        Set<String> names = new HashSet<>();
        for (RawCase each : RawCase.all()) {
            assertThat(names.add(each.name())).as(each.name()).isTrue();
            assertThat(each.answers().keySet()).isSubsetOf("direct", "haproxy", "nginx");
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(75);
    }

    private static Stream<DynamicNode> behind(String way, Optional<Proxy> proxy) {
        TestApp app = TestApp.start(folder.resolve(way), InstantSource.system(), IMPATIENT);
        int server = app.app().url().getPort();
        int port = proxy.map(one -> one.start(folder.resolve(way), server)).orElse(server);
        Map<String, String> values = new HashMap<>();
        app.admin().post("/api/v1/meters", """
                {"slug":"m","aggregation":"COUNT","eventType":"prompt"}""");
        values.put("token", app.portal("acme").credential().orElseThrow());
        return Stream.of(
                        RawCase.all().stream().map(one -> (DynamicNode) DynamicTest.dynamicTest(
                                one.name(), () -> require(one, way, port, values))),
                        Stream.of((DynamicNode) DynamicTest.dynamicTest(
                                "and goes on serving", () -> {
                                    try (app) {
                                        requireWell(port);
                                    } finally {
                                        proxy.ifPresent(Proxy::close);
                                    }
                                })))
                .flatMap(each -> each);
    }

    private static void require(RawCase one, String way, int port, Map<String, String> values) {
        String received = RawHttp.send(port, one.request(values), one.finish());
        List<String> statuses = RawHttp.statusLines(received).stream()
                .map(line -> line.substring(9, 12))
                .toList();
        String found = statuses.isEmpty() ? "-" : String.join("+", statuses);

        assertThat(one.allowed(way))
                .as("%s, %s: %s", way, one.name(), abbreviated(received))
                .contains(found);
        assertThat(received).as("what was hidden in it").doesNotContain("evil.example");
        if (way.equals("direct") && !found.equals("-")) {
            if (statuses.getFirst().startsWith("4")) {
                assertThat(received).contains("Content-Type: application/problem+json\r\n");
            }
        }
    }

    private static void requireWell(int port) {
        String received = RawHttp.send(port, RawHttp.request("GET", "/health/live"));

        assertThat(RawHttp.status(received)).isEqualTo(200);
    }

    private static String abbreviated(String received) {
        return received.lines().limit(20).collect(Collectors.joining("\n"));
    }
}
