package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.OpenApi.Operation;
import io.meterport.bootstrap.TestApp.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds real answers against docs/openapi.yaml: status, content type, and every member. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final String NO_BODY = "";
    private static final String METER = """
            {"slug":"tokens","name":"Tokens","description":"All","aggregation":"SUM",\
            "eventType":"prompt","valueProperty":"$.tokens","eventFrom":"2026-01-01T00:00:00Z",\
            "groupBy":{"model":"$.model"},"metadata":{"unit":"token"}}""";

    private static final String TOKEN_WITH_TERMS = """
            {"subject":"acme","filters":{"tokens":{"model":["m","n"]}},"longestRange":"P62D",\
            "smallestWindow":"HOUR","requestsPerSecond":1000,"session":"s","events":true,\
            "timeZone":"America/New_York","locale":"de-DE","allowances":{"tokens":"1000.5"},\
            "billing":{"anchor":"2026-01-31","interval":"month"}}""";
    private static final String PAGE = """
            {"period":{"days":30},"windowSize":"DAY","meters":[{"meter":"tokens",\
            "groupBy":["model"],"top":1,"compare":"previous","cumulative":true,"fill":true}]}""";

    private final OpenApi openApi = OpenApi.read();
    private final Map<String, Operation> operations = openApi.operations().stream()
            .collect(Collectors.toMap(Operation::toString, operation -> operation));
    private final Set<String> succeeded = new TreeSet<>();

    @TempDir
    private Path data;

    private TestApp app;
    private Api admin;

    @BeforeEach
    void start() throws IOException {
        TestClock clock = new TestClock("2026-11-20T12:00:00.123456Z");
        app = TestApp.start(Files.createTempDirectory(data, "app"), clock, Map.of());
        admin = app.admin();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    /** An operation that no test here has seen succeed might as well not exist. */
    @AfterAll
    void everyOperationHasSucceededOnce() {
        assertThat(succeeded).containsExactlyInAnyOrderElementsOf(operations.keySet());
    }

    @Test
    void eventsAreAsDocumented() {
        String path = "/api/v1/events";
        String events = "[" + prompt("e1") + "," + prompt("e2").replace("$.", "x") + "]";

        check("POST", path, admin.ingest(BATCH, events), 204);
        check("POST", path, admin.ingest(BATCH, "[{}]"), 400);
        check("POST", path, admin.ingest("text/plain", "x"), 400);
        check("POST", path, admin.ingest("application/json", "[]"), 400);
        check("POST", path, admin.ingest(BATCH, "[" + " ".repeat(6_000_000) + "]"), 413);
        check("POST", path, admin.asNobody().ingest(BATCH, events), 401);
        check("GET", path, admin.get(path), 200);
        check("GET", path, admin.get(path + "?limit=0"), 400);
        check("GET", path, admin.get(path + "?id=" + "x".repeat(17_000)), 414);
        check("GET", "/api/v2/events", admin.get("/api/v2/events?limit=1"), 200);
        check("GET", "/api/v2/events", admin.get("/api/v2/events?cursor=x"), 400);
    }

    @Test
    void metersAreAsDocumented() {
        String all = "/api/v1/meters";
        String one = "/api/v1/meters/{meterIdOrSlug}";

        check("POST", all, admin.post(all, METER), 200);
        check("POST", all, admin.post(all, METER), 409);
        check("POST", all, admin.post(all, "{\"slug\":\"A\"}"), 400);
        check("POST", all, admin.post(all, "{"), 400);
        check("GET", all, admin.get(all), 200);
        check("GET", all, admin.get(all + "?page=0"), 400);
        check("GET", one, admin.get(all + "/tokens"), 200);
        check("GET", one, admin.get(all + "/none"), 404);
        check("PUT", one, admin.put(all + "/tokens", "{}"), 200);
        check("PUT", one, admin.put(all + "/none", "{}"), 404);
        check("PUT", one, admin.put(all + "/tokens", NO_BODY), 400);
        String id = admin.get(all + "/tokens").text("id");
        check("DELETE", one, admin.delete(all + "/tokens"), 204);
        check("DELETE", one, admin.delete(all + "/tokens"), 404);
        check("GET", one, admin.get(all + "/" + id), 200);
        check("GET", all, admin.get(all + "?includeDeleted=true"), 200);
    }

    @Test
    void usageIsAsDocumented() {
        String path = "/api/v1/meters/{meterIdOrSlug}";
        String tokens = "/api/v1/meters/tokens";
        admin.post("/api/v1/meters", METER);
        admin.ingest(BATCH, "[" + prompt("e1") + "," + prompt("e2") + "]");
        String range = "?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00%2B01:00";

        check("GET", path + "/query", admin.get(tokens + "/query"), 200);
        check(
                "GET",
                path + "/query",
                admin.get(
                        tokens + "/query" + range
                                + "&windowSize=HOUR&windowTimeZone=Asia/Kathmandu&subject=acme&groupBy=model"),
                200);
        check("GET", path + "/query", admin.csv(tokens + "/query" + range + "&groupBy=model"), 200);
        check("GET", path + "/query", admin.get(tokens + "/query?windowSize=WEEK"), 400);
        check("GET", path + "/query", admin.get("/api/v1/meters/none/query"), 404);
        check("POST", path + "/query", admin.post(tokens + "/query", "{}"), 200);
        check("POST", path + "/query", admin.post(tokens + "/query", "{\"from\":1}"), 400);
        check("GET", path + "/subjects", admin.get(tokens + "/subjects"), 200);
        check("GET", path + "/subjects", admin.get("/api/v1/meters/none/subjects"), 404);
        String values = "/group-by/{groupByKey}/values";
        check("GET", path + values, admin.get(tokens + "/group-by/model/values"), 200);
        check("GET", path + values, admin.get(tokens + "/group-by/none/values"), 400);
    }

    @Test
    void subjectsAreAsDocumented() {
        String all = "/api/v1/subjects";
        String one = "/api/v1/subjects/{subjectIdOrKey}";
        String acme = """
                [{"key":"acme","displayName":"Acme","metadata":{"plan":"gold"},\
                "stripeCustomerId":"cus_1"},{"key":"globex"}]""";

        check("POST", all, admin.post(all, acme), 200);
        check("POST", all, admin.post(all, "[{\"key\":\"x\"},{\"key\":\"x\"}]"), 409);
        check("POST", all, admin.post(all, "[{}]"), 400);
        check("GET", all, admin.get(all), 200);
        check("GET", one, admin.get(all + "/acme"), 200);
        check("GET", one, admin.get(all + "/none"), 404);
        String id = admin.get(all + "/acme").text("id");
        check("DELETE", one, admin.delete(all + "/acme"), 204);
        check("DELETE", one, admin.delete(all + "/acme"), 404);
        check("GET", one, admin.get(all + "/" + id), 200);
    }

    @Test
    void tokensAndThePortalAreAsDocumented() {
        String tokens = "/api/v1/portal/tokens";
        String query = "/api/v1/portal/meters/{meterSlug}/query";
        String mine = "/api/v1/portal/meters/tokens/query";
        admin.post("/api/v1/meters", METER);
        admin.ingest(BATCH, "[" + prompt("e1") + "]");
        String only = "{\"subject\":\"acme\",\"allowedMeterSlugs\":[\"tokens\"]}";

        check("POST", tokens, admin.post(tokens, "{\"subject\":\"acme\"}"), 200);
        Reply created = admin.post(tokens, only);
        check("POST", tokens, created, 200);
        check("POST", tokens, admin.post(tokens, "{\"subject\":\"\"}"), 400);
        check("POST", tokens, admin.post(tokens, only.replace("tokens", "none")), 404);
        check("GET", tokens, admin.get(tokens + "?limit=1"), 200);
        check("GET", tokens, admin.get(tokens + "?limit=101"), 400);
        Api acme = admin.as(created.text("token"));
        check("GET", query, acme.get(mine + "?windowSize=DAY&groupBy=model"), 200);
        check("GET", query, acme.csv(mine), 200);
        check("GET", query, acme.get(mine + "?windowSize=WEEK"), 400);
        check("GET", query, acme.get("/api/v1/portal/meters/other/query"), 403);
        check("GET", query, app.portal("acme").get("/api/v1/portal/meters/other/query"), 404);
        check("GET", query, acme.asNobody().get(mine), 401);
        check("HEAD", query, acme.call("HEAD", mine, "Accept", "text/csv", NO_BODY), 200);
        check("HEAD", query, acme.as("x").call("HEAD", mine, "Accept", "*/*", NO_BODY), 401);
        check("OPTIONS", query, acme.asNobody().call("OPTIONS", mine, "X-Test", "1", NO_BODY), 204);
        String invalidate = tokens + "/invalidate";
        String id = "{\"id\":\"" + created.text("id") + "\"}";
        check("POST", invalidate, admin.post(invalidate, id), 204);
        check("POST", invalidate, admin.post(invalidate, "{}"), 400);
        check("GET", tokens, admin.get(tokens), 200);
    }

    @Test
    void usagePagesAreAsDocumented() {
        String session = "/api/v1/portal/session";
        String meters = "/api/v1/portal/meters";
        String query = "/api/v1/portal/query";
        admin.post("/api/v1/meters", METER);
        admin.ingest(BATCH, "[" + prompt("e1") + "]");
        Reply created = admin.post("/api/v1/portal/tokens", TOKEN_WITH_TERMS);
        check("POST", "/api/v1/portal/tokens", created, 200);
        Api acme = admin.as(created.text("token"));

        check("GET", session, acme.get(session), 200);
        check("GET", meters, acme.get(meters), 200);
        String values = "/api/v1/portal/meters/{meterSlug}/group-by/{groupByKey}/values";
        check("GET", values, acme.get(meters + "/tokens/group-by/model/values"), 200);
        check("GET", values, acme.get(meters + "/tokens/group-by/none/values"), 400);
        check("GET", values, acme.get(meters + "/none/group-by/model/values"), 404);
        String asked = query + "?q=" + URLEncoder.encode(PAGE, StandardCharsets.UTF_8);
        Reply page = acme.get(asked);
        check("GET", query, page, 200);
        String tag = page.header("ETag");
        check("GET", query, acme.call("GET", asked, "If-None-Match", tag, NO_BODY), 304);
        check("GET", query, acme.csv(asked), 200);
        check("GET", query, acme.get(query), 400);
        check("POST", query, acme.post(query, PAGE), 200);
        check("POST", query, acme.post(query, PAGE.replace("compare", "compair")), 400);
        String events = "/api/v1/portal/events";
        check("GET", events, acme.get(events + "?meter=tokens&from=2026-11-01T00:00:00Z"), 200);
        check("GET", events, acme.get(events), 400);
        check("GET", events, app.portal("acme").get(events + "?meter=tokens"), 403);
        String usage = "/api/v1/usage/query";
        check("POST", usage, admin.post(usage, PAGE), 200);
        String both = PAGE.replace("{\"period\"", "{\"subjects\":[\"acme\",\"b\"],\"period\"");
        check("POST", usage, admin.post(usage, both), 200);
        check("POST", usage, admin.post(usage, "{}"), 400);
    }

    @Test
    @Timeout(60)
    void theStreamIsAsDocumentedFromItsFirstWordToItsLast() throws Exception {
        String stream = "/api/v1/portal/stream";
        Api acme = app.portal("acme");
        check("GET", stream, acme.as("x").get(stream), 401);
        HttpRequest request = HttpRequest.newBuilder(URI.create(acme.url() + stream))
                .header("Authorization", "Bearer " + acme.credential().orElseThrow())
                .build();
        List<String> lines = new ArrayList<>();

        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofLines());
            Iterator<String> sent = response.body().iterator();
            while (!lines.contains("event: ready")) {
                lines.add(sent.next());
            }
            admin.post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"acme\"}");
            sent.forEachRemaining(lines::add);

            String text = String.join("\n", lines);
            Reply reply = new Reply(response.statusCode(), response.headers(), text);
            check("GET", stream, reply, 200);
        }
        assertThat(lines).first().isEqualTo("retry: 3000");
        assertThat(lines).contains("event: end", "data: {\"reason\":\"revoked\"}");
    }

    @Test
    void keysAreAsDocumented() {
        String all = "/api/v1/keys";
        String one = "/api/v1/keys/{id}";
        String body = """
                {"name":"checkout","scopes":["ingest","portal:create"],"namespace":"shop",\
                "expiresAt":"2027-01-01T00:00:00Z"}""";

        Reply created = admin.post(all, "{\"scopes\":[\"query\"]}");
        check("POST", all, created, 201);
        check("POST", all, admin.post(all, body), 201);
        check("POST", all, admin.post(all, "{\"scopes\":[]}"), 400);
        check("POST", all, admin.as(created.text("key")).post(all, body), 403);
        check("DELETE", one, admin.delete(all + "/" + created.text("id")), 204);
        check("DELETE", one, admin.delete(all + "/01KAQ3W8ZC5V7N2M4T6R9X1YHB"), 404);
        check("GET", all, admin.get(all), 200);
        String audit = "/api/v1/audit";
        check("GET", audit, admin.get(audit + "?limit=1"), 200);
        check("GET", audit, admin.get(audit + "?cursor=x"), 400);
    }

    @Test
    void upkeepIsAsDocumented() {
        String backups = "/api/v1/backups";
        String verify = "/api/v1/verify";
        String erase = "/api/v1/subjects/{subjectKey}/erase";
        String acme = "/api/v1/subjects/acme/erase";
        admin.post("/api/v1/meters", METER);
        admin.ingest(BATCH, "[" + prompt("e1") + "]");

        check("POST", backups, admin.post(backups, "{\"name\":\"one.db\"}"), 201);
        check("POST", backups, admin.post(backups, "{\"name\":\"one.db\"}"), 409);
        check("POST", backups, admin.post(backups, "{\"name\":\"../one.db\"}"), 400);
        check("POST", verify, admin.post(verify, "{}"), 200);
        check("POST", erase, admin.post(acme, "{\"confirm\":\"other\"}"), 400);
        check("POST", erase, admin.post(acme, "{}"), 400);
        check("POST", erase, admin.post(acme, "{\"confirm\":\"acme\"}"), 200);
        check("GET", "/api/v1/audit", admin.get("/api/v1/audit"), 200);
    }

    @Test
    void operationIsAsDocumented() {
        for (String path :
                Stream.of("/api/openapi.yaml", "/health/live", "/health/ready").toList()) {
            check("GET", path, admin.asNobody().get(path), 200);
        }
        check("GET", "/metrics", admin.get("/metrics"), 200);
        check("GET", "/metrics", admin.asNobody().get("/metrics"), 401);
    }

    @Test
    void servesTheVeryDocument() throws IOException {
        Reply served = admin.asNobody().get("/api/openapi.yaml");

        assertThat(served.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(served.body()).isEqualTo(Files.readString(Path.of("../docs/openapi.yaml")));
    }

    @Test
    void pathsAndMethodsThatAreNotThereSaySo() {
        Reply path = admin.get("/api/v1/nothing");
        Reply method = admin.call("PATCH", "/api/v1/meters", "X-Test", "1", NO_BODY);

        assertThat(path.status()).isEqualTo(404);
        assertThat(path.text("code")).isEqualTo("unknown-route");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.text("code")).isEqualTo("method-not-allowed");
        assertThat(method.header("Allow")).contains("GET").contains("POST");
    }

    private void check(String method, String template, Reply reply, int status) {
        Operation operation = operations.get(method + " " + template);

        assertThat(operation).as(method + " " + template).isNotNull();
        assertThat(reply.status()).as(operation + " " + reply.body()).isEqualTo(status);
        assertThat(openApi.faults(operation, reply)).as(operation.toString()).isEmpty();
        if (status < 300) {
            succeeded.add(operation.toString());
        }
    }

    private static String prompt(String id) {
        String data = "{\"tokens\":0.10,\"model\":\"m\"}";
        return event(id, "prompt", "acme", "2026-11-20T11:00:00.5Z", data);
    }
}
