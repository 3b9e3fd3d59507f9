package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.domain.portal.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential is forged, bent, borrowed or put where it does not belong. */
class ThreatsATest {
    private static final String SESSION = "/api/v1/portal/session";
    private static final String TOKENS = "/api/v1/portal/tokens";

    @TempDir
    private static Path data;

    private static TestApp app;
    private static int port;
    private static String token;

    @BeforeAll
    static void start() {
        app = TestApp.start(data);
        port = app.app().url().getPort();
        token = app.portal("acme").credential().orElseThrow();
        app.admin().post("/api/v1/meters", """
                {"slug":"tokens","aggregation":"COUNT","eventType":"prompt"}""");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Threat({"A1", "A2", "A3", "A10"})
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Authorization: Bearer T|200",
                "Authorization: bearer T|200",
                "Authorization: BEARER T|200",
                "authorization: bEaReR T|200",
                "Authorization: T|401",
                "Authorization: Bearer  T|401",
                "Authorization: Bearer\tT|401",
                "Authorization: Bearer,T|401",
                "Authorization: Bearer:T|401",
                "Authorization: Bearer=T|401",
                "Authorization: BearerT|401",
                "Authorization: Bearer \"T\"|401",
                "Authorization: Bearer <T>|401",
                "Authorization: Bearer T.|401",
                "Authorization: Bearer T T|401",
                "Authorization: Bearer T,|401",
                "Authorization: Bearer Bearer T|401",
                "Authorization: Basic T|401",
                "Authorization: Token T|401",
                "Authorization: Bearer|401",
                "Authorization: Bearer T\u00e9|401",
                "Proxy-Authorization: Bearer T|401",
                "X-Authorization: Bearer T|401",
                "Cookie: token=T|401"
            })
    void onlyOneSpellingOfTheHeaderCounts(String header, int status) {
        assertThat(RawHttp.status(ask(SESSION, withToken(header)))).as(header).isEqualTo(status);
    }

    @Threat("A4")
    @ParameterizedTest
    @ValueSource(strings = {"access_token", "token", "bearer", "authorization", "api_key"})
    void aTokenInTheAddressCountsForNothing(String name) {
        String received = ask(SESSION + "?" + name + "=" + token, "X-Nothing: 1");
        String both = ask(SESSION + "?access_token=" + token, "Authorization: Bearer " + token);

        assertThat(RawHttp.status(received)).isEqualTo(401);
        assertThat(RawHttp.header(received, "WWW-Authenticate"))
                .contains("Bearer realm=\"portal\"");
        assertThat(received).doesNotContain(token);
        assertThat(RawHttp.status(both)).as("one token in two places").isIn(200, 400);
    }

    @Threat({"A5", "A7", "A8", "A9"})
    @Test
    void whateverIsNotTheVeryTextIsRefusedInTheSameBytes() {
        String other = app.portal("globex").credential().orElseThrow();
        List<String> bent = new ArrayList<>(List.of(
                token.substring(0, 37) + other.substring(37),
                other.substring(0, 37) + token.substring(37),
                token.toLowerCase(Locale.ROOT),
                token.toUpperCase(Locale.ROOT),
                token + "=",
                token + "A",
                token.substring(0, token.length() - 1),
                token.replace('.', '-'),
                token.replace(".", "%2E"),
                token.replace("om_portal_", "om_sk_"),
                "om_portal_" + token,
                token + " ",
                "\u200b" + token,
                token.replace('o', '\u00f6')));
        for (int at = 0; at < token.length(); at++) {
            for (char to : new char[] {'a', 'Z', '7'}) {
                if (token.charAt(at) != to) {
                    bent.add(token.substring(0, at) + to + token.substring(at + 1));
                }
            }
        }
        String expected = withoutIds(ask(SESSION, "Authorization: Bearer om_portal_x"));

        for (String text : bent) {
            String received = ask(SESSION, "Authorization: Bearer " + text);

            if (!text.strip().equals(token)) {
                assertThat(withoutIds(received)).as(text).isEqualTo(expected);
            }
        }
        assertThat(RawHttp.status(ask(SESSION, "Authorization: Bearer " + token)))
                .isEqualTo(200);
    }

    /** Whatever a JWT says of itself, and whoever signed it: nobody reads it. */
    @Threat({"A14", "A16", "A29", "A30", "A31", "A32", "A34"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'alg':'none'}",
                "{'alg':'nOnE','typ':'JWT'}",
                "{'alg':'HS256'}",
                "{'alg':'HS512'}",
                "{'alg':'RS256','typ':'JWT'}",
                "{'alg':['HS256']}",
                "{}",
                "{'alg':'HS256','kid':'../../../../dev/null'}",
                "{'alg':'HS256','kid':'x\\' or 1=1 --'}",
                "{'alg':'HS256','jku':'http://127.0.0.1:PORT/jwks','x5u':'file:///etc/passwd'}",
                "{'alg':'HS256','jwk':{'kty':'oct','k':'AAAA'},'crit':['exp'],'b64':false,'zip':'DEF'}"
            })
    void tokensOfOthersAreRefusedInTheSameBytesWhateverTheySay(String header) {
        String expected = withoutIds(ask(SESSION, "Authorization: Bearer om_portal_x"));

        for (String claims : List.of(
                "{'sub':'acme','exp':9999999999,'iss':'openmeter','aud':'portal'}",
                "{'sub':'acme','sub':'globex','exp':1e300,'nbf':9999999999}",
                "{'SUB':'acme','exp':-1}",
                "[".repeat(2_000) + "]".repeat(2_000))) {
            String content = base64(header.replace("PORT", "" + port)) + "." + base64(claims);
            for (String secret : List.of("", "this-secret-must-be-at-least-32-chars", token)) {
                String jwt = content + "." + (secret.isEmpty() ? "" : signature(content, secret));

                assertThat(withoutIds(ask(SESSION, "Authorization: Bearer " + jwt)))
                        .as(jwt)
                        .isEqualTo(expected);
            }
        }
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String content, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Its form and its checksum are right, its id is one that there is: only the secret is not. */
    @Threat({"A5", "A7"})
    @Test
    void aWellMadeTokenWithAnotherSecretIsRefused() {
        String id = token.substring("om_portal_".length(), token.indexOf('.'));
        for (int i = 0; i < 20; i++) {
            byte[] random = new byte[TokenSecret.RANDOM_BYTES];
            Arrays.fill(random, (byte) i);
            String forged = TokenSecret.of(TokenSecret.Kind.PORTAL, id, random).text();

            assertThat(RawHttp.status(ask(SESSION, "Authorization: Bearer " + forged)))
                    .isEqualTo(401);
        }
    }

    @Threat("A3")
    @ParameterizedTest
    @CsvSource({"T, T", "T, om_portal_x", "om_portal_x, T"})
    void twoCredentialsAreNone(String first, String second) {
        String received = RawHttp.send(
                port,
                RawHttp.request(
                        "GET",
                        SESSION,
                        withToken("Authorization: Bearer " + first),
                        withToken("Authorization: Bearer " + second)));

        assertThat(RawHttp.status(received)).isEqualTo(400);
    }

    /** The store is asked only about what could be a token: its checksum is looked at first. */
    @Threat("A6")
    @Test
    void aTokenWhoseChecksumIsWrongCostsNoReading() {
        double before = verdicts();
        for (int i = 0; i < 100; i++) {
            String wrong = token.substring(0, token.length() - 3) + "%03d".formatted(i);
            if (!wrong.equals(token)) {
                assertThat(RawHttp.status(ask(SESSION, "Authorization: Bearer " + wrong)))
                        .isEqualTo(401);
            }
        }

        assertThat(verdicts()).isEqualTo(before);
    }

    @Threat("A11")
    @ParameterizedTest
    @CsvSource({"513, 401", "8192, 401", "15000, 401", "17000, 400"})
    void aHugeTokenIsRefusedLikeAnyOther(int length, int status) {
        String received = ask(SESSION, "Authorization: Bearer om_portal_" + "x".repeat(length));

        assertThat(RawHttp.status(received)).isIn(status, status == 400 ? 431 : status);
    }

    @Threat("A15")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2026-13-01T00:00:00Z",
                "2026-06-30T23:59:60Z",
                "tomorrow",
                "1e300",
                ""
            })
    void aLifeThatCannotBeIsRefused(String expiresAt) {
        Reply reply = app.admin()
                .post(TOKENS, "{\"subject\":\"acme\",\"expiresAt\":\"" + expiresAt + "\"}");

        assertThat(reply.status()).isEqualTo(400);
    }

    @Threat("A15")
    @Test
    void anEndWithAnOffsetIsTheSameMoment() {
        Instant end = Instant.now().plusSeconds(7_200).truncatedTo(ChronoUnit.SECONDS);
        String offset =
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(end.atOffset(ZoneOffset.ofHours(5)));

        Reply reply =
                app.admin().post(TOKENS, "{\"subject\":\"acme\",\"expiresAt\":\"" + offset + "\"}");

        assertThat(reply.text("expiresAt")).isEqualTo(end.toString());
    }

    /** Four marks, each set before or after the token was made: one that is later is enough. */
    @Threat("A21")
    @Test
    void aTokenIsDeadIfAnyRevocationIsLaterThanIt(@TempDir Path folder) {
        try (TestApp one = TestApp.start(folder)) {
            for (int later = 0; later < 16; later++) {
                for (int order = 0; order < 2; order++) {
                    Reply made =
                            one.admin().post("/api/v1/keys", "{\"scopes\":[\"portal:create\"]}");
                    Api key = one.admin().as(made.text("key"));
                    String subject = "s-" + later + "-" + order;
                    revoke(one, made.text("id"), subject, ~later, order);
                    String token = key.post(
                                    TOKENS,
                                    "{\"subject\":\"%s\",\"session\":\"login\"}".formatted(subject))
                            .text("token");
                    revoke(one, made.text("id"), subject, later, order);

                    assertThat(key.as(token).get(SESSION).status())
                            .as("marks %s in order %s", later, order)
                            .isEqualTo(later == 0 ? 200 : 401);
                }
            }
        }
    }

    private static void revoke(TestApp one, String key, String subject, int marks, int order) {
        List<String> kinds = List.of(
                "{\"subject\":\"" + subject + "\"}",
                "{\"subject\":\"" + subject + "\",\"session\":\"login\"}",
                "{\"all\":true}",
                "{\"apiKeyId\":\"" + key + "\"}");
        for (int i = 0; i < kinds.size(); i++) {
            int kind = order == 0 ? i : kinds.size() - 1 - i;
            if ((marks & (1 << kind)) != 0) {
                assertThat(one.admin()
                                .post(TOKENS + "/invalidate", kinds.get(kind))
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    /** Members that only answers have are ignored: nobody chooses an id, or is never revoked. */
    @Threat("A23")
    @Test
    void nothingThatTheServerDecidesCanBeSent() {
        String mine = token.substring(10, 36);
        Reply made = app.admin().post(TOKENS, """
                {"subject":"mass","id":"%s","token":"%s","createdAt":"2020-01-01T00:00:00Z",\
                "expired":false,"revokedAt":null,"namespace":"other","lastUsedAt":"2020-01-01T00:00:00Z"}""".formatted(mine, token));

        assertThat(made.text("id")).isNotEqualTo(mine);
        assertThat(made.text("token")).isNotEqualTo(token);
        assertThat(made.text("createdAt")).doesNotStartWith("2020");
        assertThat(app.token("{\"subject\":\"mass\"}").get(SESSION).status()).isEqualTo(200);
    }

    @Threat("A27")
    @Test
    void aListOfMetersIsNeverTakenForAllOfThem() {
        String many = IntStream.range(0, 101)
                .mapToObj(i -> "\"m" + i + "\"")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        for (String list :
                List.of("[]", "null", "[null]", "[\"nowhere\"]", "\"tokens\"", "[" + many + "]")) {
            Reply reply = app.admin()
                    .post(TOKENS, "{\"subject\":\"acme\",\"allowedMeterSlugs\":" + list + "}");

            assertThat(reply.status()).as(list).isIn(400, 404);
        }
        Reply twice = app.admin()
                .post(
                        TOKENS,
                        "{\"subject\":\"acme\",\"allowedMeterSlugs\":[\"tokens\",\"tokens\"]}");
        assertThat(twice.body()).contains("\"allowedMeterSlugs\":[\"tokens\"]");
    }

    @Threat("A38")
    @Test
    void aListHoldsNoSecret() {
        String list = app.admin().get(TOKENS + "?limit=100").body();

        assertThat(list)
                .contains(token.substring(10, 36))
                .doesNotContain(token.substring(37, 60), "om_portal_", "hash", "secret");
    }

    private static String withToken(String header) {
        return header.replaceAll("T(?=[^a-z]|$)", token);
    }

    private static String ask(String target, String header) {
        return RawHttp.send(port, RawHttp.request("GET", target, header));
    }

    private static String withoutIds(String received) {
        return received.replaceAll("[0-9A-HJKMNP-TV-Z]{26}", "ID").replaceAll("Date: .*", "");
    }

    private static double verdicts() {
        return app.admin()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("meterport_tokens_verdicts_total"))
                .map(line -> line.substring(line.lastIndexOf(' ')))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
    }
}
