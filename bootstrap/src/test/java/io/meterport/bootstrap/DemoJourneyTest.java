package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo} as a process: what it prints is there, and its page gets tokens as it should. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoJourneyTest {
    private static final Pattern PAGE =
            Pattern.compile("Open (http://127\\.0\\.0\\.1:\\d+)/ to see");
    private static final Pattern API = Pattern.compile("API +(http://127\\.0\\.0\\.1:\\d+)/api/v1");
    private static final Pattern FOLDER = Pattern.compile("data folder +(\\S+)");
    private static final String ASK = "{\"customer\":\"%s\"}";

    @TempDir
    private static Path temporary;

    private Process process;
    private Api page;
    private Api meterport;
    private Path data;

    @BeforeAll
    void start() throws IOException {
        ProcessBuilder demo = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--port",
                "0");
        process = demo.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String printed = printed(process.inputReader());
        page = new Api(URI.create(found(PAGE, printed)), Optional.empty());
        meterport = new Api(URI.create(found(API, printed)), Optional.empty());
        data = Path.of(found(FOLDER, printed));
    }

    @AfterAll
    void stopsAndLeavesNothingBehind() throws InterruptedException {
        process.toHandle().destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data).doesNotExist();
    }

    @Test
    void showsAPageThatMayFrameTheUsagePage() {
        Reply shown = page.get("/");
        Reply framed = meterport.get("/portal/embed");

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("Content-Security-Policy"))
                .contains("frame-src " + meterport.url(), "frame-ancestors 'none'")
                .startsWith("default-src 'none'");
        assertThat(shown.body())
                .contains("src=\"" + meterport.url() + "/portal/embed.js\"")
                .contains("Acme, Inc.")
                .doesNotContain("om_portal_", "om_sk_", "{{");
        assertThat(framed.header("Content-Security-Policy"))
                .contains("frame-ancestors " + page.url() + " http://localhost:"
                        + page.url().getPort());
        assertThat(page.get("/page.js").body()).contains("usagePortal.mount");
        assertThat(page.get("/page.css").status()).isEqualTo(200);
        assertThat(meterport.get("/portal/playground").status()).isEqualTo(200);
    }

    @Test
    void itsBackendGetsTokensOfTheCustomerWhoIsSignedIn() {
        for (String customer : List.of("acme", "globex")) {
            Reply answer = page.post("/usage-token", ASK.formatted(customer));
            Api portal = meterport.as(answer.text("token"));
            Reply session = withinBudget(portal, "/api/v1/portal/session");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(session.body())
                    .contains("\"key\":\"" + customer + "\"", "\"billing\":", "\"displayName\":");
        }
    }

    @Test
    void usageGoesOnArriving() {
        Api acme = meterport.as(page.post("/usage-token", ASK.formatted("acme")).text("token"));
        String path = "/api/v1/portal/meters/prompts/query";
        String before = withinBudget(acme, path).values().getFirst();

        Await.until(() -> !withinBudget(acme, path).values().getFirst().equals(before));
    }

    @Test
    void givesNoTokenForStrangersNorUnderAnotherName() throws IOException {
        assertThat(page.post("/usage-token", ASK.formatted("umbrella")).status())
                .isEqualTo(400);
        assertThat(page.post("/usage-token", "{}").status()).isEqualTo(400);
        assertThat(page.get("/usage-token").status()).isEqualTo(405);
        String own = "127.0.0.1:" + page.url().getPort();

        assertThat(postedUnder(own)).contains("HTTP/1.1 200").contains("om_portal_");
        for (String name :
                List.of("evil.example", "evil.example:" + page.url().getPort(), "127.0.0.1")) {
            assertThat(postedUnder(name)).contains("HTTP/1.1 404").doesNotContain("om_portal_");
        }
    }

    @Test
    void saysNothingToPagesOfOtherOrigins() {
        Reply answer = page.call(
                "POST", "/usage-token", "Origin", "https://evil.example", ASK.formatted("acme"));

        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }

    /** Asks until it is answered: the tests share a customer, and so the budget of its queries. */
    private static Reply withinBudget(Api portal, String path) {
        AtomicReference<Reply> last = new AtomicReference<>();
        Await.until(() -> {
            last.set(portal.get(path));
            return last.get().status() != 429;
        });
        return last.get();
    }

    /** What the page answers to whoever calls its machine by that name. */
    private String postedUnder(String host) throws IOException {
        String body = ASK.formatted("acme");
        String request = "POST /usage-token HTTP/1.1\r\nHost: " + host
                + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        try (Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), page.url().getPort());
                OutputStream out = socket.getOutputStream()) {
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String printed(BufferedReader out) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.startsWith("Stop with")) {
                break;
            }
        }
        return String.join("\n", lines);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
