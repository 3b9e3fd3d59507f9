package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.json.JsonReader;
import io.meterport.application.Threat;
import io.meterport.domain.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The usage page, its scripts and the playground, as browsers get them. */
class HostedPagesJourneyTest {
    private static final Path FILES = Path.of("..", "adapters", "web", "hosted");
    private static final Pattern ASSET = Pattern.compile("assets/[\\w-]+\\.[A-Z0-9]{8}\\.(js|css)");
    private static final String APP = "https://app.example.com";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    private TestApp app;

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void aPageNamesAssetsThatMayBeKeptForEver() throws Exception {
        start(Map.of());

        HttpResponse<byte[]> page = get("/portal/embed");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        List<String> assets =
                ASSET.matcher(text(page)).results().map(found -> found.group()).toList();
        assertThat(assets).hasSizeGreaterThanOrEqualTo(2);
        for (String name : assets) {
            HttpResponse<byte[]> asset = get("/portal/" + name);
            assertThat(asset.statusCode()).isEqualTo(200);
            assertThat(header(asset, "Cache-Control"))
                    .isEqualTo("public, max-age=31536000, immutable");
            assertThat(header(asset, "Content-Type"))
                    .isIn("text/javascript; charset=utf-8", "text/css; charset=utf-8");
            assertThat(asset.body()).isEqualTo(Files.readAllBytes(FILES.resolve(name)));
        }
    }

    @Test
    void everyFileIsWhatTheBuildHasWrittenDown() throws Exception {
        Json.Obj manifest =
                (Json.Obj) JsonReader.read(Files.readAllBytes(FILES.resolve("manifest.json")));
        Map<String, Json> digests = ((Json.Obj) manifest.get("files").orElseThrow()).members();
        start(Map.of("portal.playground", "true"));

        for (Map.Entry<String, Json> file : digests.entrySet()) {
            boolean page = file.getKey().endsWith(".html");
            byte[] kept = Files.readAllBytes(FILES.resolve(file.getKey()));
            assertThat(new Json.Text(sha256(kept))).as(file.getKey()).isEqualTo(file.getValue());
            HttpResponse<byte[]> served = get("/portal/" + file.getKey().replace(".html", ""));
            assertThat(served.statusCode()).as(file.getKey()).isEqualTo(200);
            if (!page) {
                assertThat(served.body()).as(file.getKey()).isEqualTo(kept);
            }
        }
        assertThat(digests).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal/embed", "/portal/embed.js", "/portal/usage-portal.js"})
    void whatKeepsItsNameIsAskedForAgainAndSentOnlyWhenItChanged(String path) throws Exception {
        start(Map.of());
        HttpResponse<byte[]> first = get(path);
        String tag = header(first, "ETag");

        HttpResponse<byte[]> again = get(path, "If-None-Match", tag);

        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                         | true",
                "gzip, deflate, br, zstd      | true",
                "br;q=1.0, GZIP;q=0.5         | true",
                "*                            | true",
                "identity                     | false",
                "gzip;q=0                     | false",
                "gzip;q=0.000, *;q=1          | false",
                "br                           | false",
                "xgzip                        | false"
            })
    void isCompressedForThoseWhoTakeIt(String accepted, boolean compressed) throws Exception {
        start(Map.of());
        String path = "/portal/" + largestAsset();

        HttpResponse<byte[]> answer = get(path, "Accept-Encoding", accepted);

        assertThat(answer.headers().allValues("Content-Encoding"))
                .isEqualTo(compressed ? List.of("gzip") : List.of());
        assertThat(header(answer, "Vary")).contains("Accept-Encoding");
        byte[] content = compressed
                ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                : answer.body();
        assertThat(content).isEqualTo(Files.readAllBytes(FILES.resolve(largestAsset())));
        if (compressed) {
            assertThat(answer.body().length).isLessThan(content.length / 2);
        }
    }

    @Test
    void aTagIsOfOneEncodingOnly() throws Exception {
        start(Map.of());
        String path = "/portal/" + largestAsset();
        String plain = header(get(path), "ETag");
        String packed = header(get(path, "Accept-Encoding", "gzip"), "ETag");

        assertThat(packed).isNotEqualTo(plain);
        assertThat(get(path, "Accept-Encoding", "gzip", "If-None-Match", plain).statusCode())
                .isEqualTo(200);
        assertThat(get(path, "Accept-Encoding", "gzip", "If-None-Match", packed).statusCode())
                .isEqualTo(304);
    }

    @Threat({"C11", "C12"})
    @Test
    void thePageMayDoNothingButAskThisServerAndIsFramedByNobodyAtFirst() throws Exception {
        start(Map.of());

        HttpResponse<byte[]> page = get("/portal/embed");

        assertThat(List.of(header(page, "Content-Security-Policy").split("; ", -1)))
                .containsExactlyInAnyOrder(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "connect-src 'self'",
                        "img-src 'self' data:",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "require-trusted-types-for 'script'",
                        "trusted-types 'none'",
                        "frame-ancestors 'none'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Permissions-Policy"))
                .contains("camera=()", "microphone=()", "geolocation=()");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(text(page)).contains("<meta name=\"usage-portal-origins\" content=\"\">");
        assertThat(text(page)).doesNotContain("<style", "style=", "onload", "javascript:");
    }

    @Threat("C12")
    @Test
    void thePageMayBeFramedByTheConfiguredOriginsAndAsksThemOnly() throws Exception {
        start(Map.of("portal.embed.origins", APP + ",http://localhost:5173"));

        HttpResponse<byte[]> page = get("/portal/embed");

        assertThat(header(page, "Content-Security-Policy"))
                .endsWith("; frame-ancestors " + APP + " http://localhost:5173");
        assertThat(header(page, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(text(page))
                .contains("<meta name=\"usage-portal-origins\" content=\"" + APP
                        + " http://localhost:5173\">");
    }

    @Test
    void pagesOfOtherOriginsMayLoadTheScriptsButReadNoPage() throws Exception {
        start(Map.of());
        String asset = "/portal/" + largestAsset();

        for (String script : List.of("/portal/usage-portal.js", "/portal/embed.js", asset)) {
            HttpResponse<byte[]> loaded = get(script, "Origin", APP);
            assertThat(header(loaded, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(header(loaded, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(header(loaded, "Access-Control-Allow-Credentials")).isEmpty();
        }
        assertThat(header(get("/portal/embed", "Origin", APP), "Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void onlyConfiguredOriginsMayLoadTheScriptsWhereThereAreAny() throws Exception {
        start(Map.of("portal.cors.origins", APP));

        HttpResponse<byte[]> known = get("/portal/usage-portal.js", "Origin", APP);
        HttpResponse<byte[]> other = get("/portal/usage-portal.js", "Origin", "https://x.example");

        assertThat(header(known, "Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(header(known, "Vary")).contains("Origin");
        assertThat(header(other, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(other, "Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/portal",
                "/portal/",
                "/portal/embed/",
                "/portal/embed.html",
                "/portal/Embed",
                "/portal/manifest.json",
                "/portal/assets",
                "/portal/assets/",
                "/portal/assets/none.js",
                "/portal/assets/..%2Fmanifest.json",
                "/portal/assets/%2E%2E/embed.html",
                "/portal/package-info.class"
            })
    void nothingElseIsServed(String path) throws Exception {
        start(Map.of("portal.playground", "true"));

        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(text(answer)).contains("\"code\":\"unknown-route\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/portal/embed, 'GET, HEAD'",
        "/portal/embed.js, 'GET, HEAD, OPTIONS'",
        "/portal/usage-portal.js, 'GET, HEAD, OPTIONS'"
    })
    void isOnlyReadAndWithoutABodyForHead(String path, String allowed) throws Exception {
        start(Map.of());

        HttpResponse<byte[]> head = call("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo("" + get(path).body().length);
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            HttpResponse<byte[]> refused = call(method, path);
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(header(refused, "Allow")).isEqualTo(allowed);
        }
    }

    @Test
    void thereIsNoPlaygroundAndNothingOfItUnlessItIsAskedFor() throws Exception {
        start(Map.of());
        List<String> ofThePlayground = filesOf("playground");

        assertThat(ofThePlayground).hasSizeGreaterThanOrEqualTo(2);
        assertThat(get("/portal/playground").statusCode()).isEqualTo(404);
        for (String asset : ofThePlayground) {
            assertThat(get("/portal/" + asset).statusCode()).as(asset).isEqualTo(404);
        }
    }

    @Test
    void thePlaygroundIsServedWhenAskedForAndFramedByNobody() throws Exception {
        start(Map.of("portal.playground", "true", "portal.embed.origins", APP));

        HttpResponse<byte[]> page = get("/portal/playground");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Security-Policy")).endsWith("frame-ancestors 'none'");
        assertThat(header(page, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        for (String asset :
                ASSET.matcher(text(page)).results().map(m -> m.group()).toList()) {
            assertThat(get("/portal/" + asset).statusCode()).as(asset).isEqualTo(200);
        }
    }

    @Test
    void whereOperatorsHaveAListenerThePlaygroundIsThereOnlyWithAllItNeeds() throws Exception {
        start(Map.of("portal.playground", "true", "server.operators.port", "0"));
        String token = app.admin()
                .post("/api/v1/portal/tokens", "{\"subject\":\"acme\"}")
                .text("token");
        Api operators = new Api(app.app().operatorsUrl(), Optional.of(token));

        assertThat(get("/portal/playground").statusCode()).isEqualTo(404);
        for (String asset : filesOf("playground")) {
            assertThat(get("/portal/" + asset).statusCode()).as(asset).isEqualTo(404);
        }
        assertThat(operators.get("/portal/playground").status()).isEqualTo(200);
        assertThat(operators.get("/api/v1/portal/session").status()).isEqualTo(200);
    }

    @Test
    void operatorsWithAListenerHaveNoPortalThereWithoutThePlayground() throws Exception {
        start(Map.of("server.operators.port", "0"));

        Api operators = app.admin();

        assertThat(get("/portal/embed").statusCode()).isEqualTo(200);
        assertThat(operators.get("/portal/embed").status()).isEqualTo(404);
        assertThat(operators.get("/portal/playground").status()).isEqualTo(404);
        assertThat(operators.get("/api/v1/portal/session").status()).isEqualTo(404);
    }

    private void start(Map<String, String> settings) {
        app = TestApp.start(data, InstantSource.system(), settings);
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return call("GET", path, headers);
    }

    private HttpResponse<byte[]> call(String method, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(app.app().url() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static List<String> filesOf(String entry) throws IOException {
        List<String> found = new ArrayList<>();
        try (var files = Files.list(FILES.resolve("assets"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(entry + "."))
                    .sorted()
                    .forEach(name -> found.add("assets/" + name));
        }
        return found;
    }

    private static String largestAsset() throws IOException {
        var bySize = new TreeSet<Path>((one, other) ->
                Long.compare(one.toFile().length(), other.toFile().length()));
        try (var files = Files.list(FILES.resolve("assets"))) {
            files.forEach(bySize::add);
        }
        return "assets/" + bySize.last().getFileName();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
