package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins may call what holders of portal tokens need, and nothing else. */
final class PortalCorsTest {
    private static final String ORIGIN = "Origin: https://shop.example";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/portal/session | GET, HEAD",
                "/api/v1/portal/meters | GET, HEAD",
                "/api/v1/portal/meters/calls/query | GET, HEAD",
                "/api/v1/portal/meters/calls/group-by/model/values | GET, HEAD",
                "/api/v1/portal/query | GET, HEAD, POST",
                "/api/v1/portal/stream | GET, HEAD",
                "/api/v1/portal/events | GET, HEAD"
            })
    void letsPagesCallWhatAPortalNeeds(String path, String methods) {
        for (String method : methods.split(", ", -1)) {
            Reply preflight = preflight(path, method);
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Origin")).contains("*");
            assertThat(preflight.header("Access-Control-Allow-Methods")).contains(methods);
            assertThat(preflight.header("Access-Control-Max-Age")).contains("7200");
        }
        for (String method : new String[] {"PUT", "DELETE", "PATCH"}) {
            assertThat(preflight(path, method).headers("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        Reply refused = api.get(path, "", ORIGIN);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(refused.headers("Access-Control-Allow-Credentials")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/portal/tokens",
                "/api/v1/portal/tokens/invalidate",
                "/api/v1/portal/nothing",
                "/api/v1/usage/query",
                "/api/v1/audit",
                "/api/v1/keys",
                "/api/v1/meters/calls/query"
            })
    void letsThemCallNothingElse(String path) {
        for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
            Reply reply = api.call(
                    method, path, api.admin, "", ORIGIN, "Access-Control-Request-Method: GET");
            assertThat(reply.headerLines()).noneMatch(line -> line.startsWith("Access-Control"));
        }
    }

    @Test
    void letsAPageReadAnAnswerWithItsTag() {
        api.meter("calls", "COUNT", "");

        Reply reply = api.page(api.token("alice"), "{\"meters\":[{\"meter\":\"calls\"}]}", ORIGIN);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(reply.header("Access-Control-Expose-Headers").orElseThrow()).contains("ETag");
    }

    private Reply preflight(String path, String method) {
        return api.call(
                "OPTIONS",
                path,
                "",
                "",
                ORIGIN,
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: authorization,if-none-match,content-type");
    }
}
