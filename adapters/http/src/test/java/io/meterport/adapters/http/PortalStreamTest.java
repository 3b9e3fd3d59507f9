package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.http.Followed.Event;
import io.meterport.adapters.http.wire.RawClient;
import io.meterport.application.Threat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Being told when one's own usage changes. */
final class PortalStreamTest {
    private static final String STREAM = "/api/v1/portal/stream";
    private static final Event CALLS = new Event("usage.changed", "{\"meter\":\"calls\"}");
    private static final Event REVOKED = new Event("end", "{\"reason\":\"revoked\"}");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Api api = new Api();
    private final List<Followed> open = new ArrayList<>();

    @BeforeEach
    void define() {
        api.meter("calls", "COUNT", "");
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"others\",\"aggregation\":\"COUNT\",\"eventType\":\"other\"}");
    }

    @AfterEach
    void stop() {
        open.forEach(Followed::close);
        api.close();
    }

    @Test
    void saysThatItIsReadyAndUntilWhen() {
        Followed stream = follow(api.token("alice"));

        assertThat(stream.next())
                .isEqualTo(
                        new Event(
                                "ready",
                                "{\"serverTime\":\"2026-11-20T12:00:00Z\",\"expiresAt\":\"2026-11-21T12:00:00Z\"}"));
        assertThat(stream.otherLines()).containsExactly("retry: 3000");
        assertThat(stream.head.header("Content-Type")).contains("text/event-stream");
        assertThat(stream.head.header("Cache-Control")).contains("no-store");
        assertThat(stream.head.header("X-Accel-Buffering")).contains("no");
        assertThat(stream.head.header("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void tellsOfAChangeAfterItCanBeRead() {
        String token = api.token("alice");
        Followed stream = ready(token);

        for (int i = 1; i <= 3; i++) {
            send("request", "e" + i, "alice");

            assertThat(stream.next()).isEqualTo(CALLS);
            assertThat(api.get("/api/v1/portal/meters/calls/query", token).body())
                    .contains("\"value\":" + i + ",");
        }
    }

    @Test
    void saysNothingOfOthers() {
        Followed alice = ready(api.token("alice"));
        Followed restricted = ready(api.token("alice", "calls"));

        send("other", "1", "bob");
        send("other", "2", "Alice");
        send("request", "3", "alice2");
        send("unmetered", "4", "alice");
        send("other", "5", "alice");
        send("request", "6", "alice");
        List<Event> told = List.of(alice.next(), alice.next());
        restricted.next();
        revoke("{\"subject\":\"alice\"}");

        assertThat(restricted.rest()).as("after one that tells of calls").containsExactly(REVOKED);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        CALLS, new Event("usage.changed", "{\"meter\":\"others\"}"));
        assertThat(alice.rest()).containsExactly(REVOKED);
    }

    @Test
    void putsTogetherWhatComesTogether() {
        Followed stream = ready(api.token("alice"));
        StringBuilder batch = new StringBuilder("[");
        for (int i = 0; i < 2_000; i++) {
            batch.append(i == 0 ? "" : ",").append("""
                    {"specversion":"1.0","id":"e%d","source":"tests","type":"request","subject":"alice"}""".formatted(i));
        }
        api.ingest("application/json", batch.append(']').toString());
        send("other", "last", "alice");

        // Both are told of, though there were more events of one than anybody would queue.
        List<Event> told = new ArrayList<>();
        while (!told.contains(new Event("usage.changed", "{\"meter\":\"others\"}"))) {
            told.add(stream.next());
        }
        assertThat(told).contains(CALLS).hasSizeLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "subject", "session", "apiKeyId", "all"})
    @Threat("F11")
    void endsWhenTheTokenIsRevokedInWhateverWay(String by) {
        String token = api.tokenWith("alice", ",\"session\":\"login-1\"");
        Followed stream = ready(token);

        revoke(
                switch (by) {
                    case "id" -> "{\"id\":\"" + token.substring(10, 36) + "\"}";
                    case "subject" -> "{\"subject\":\"alice\"}";
                    case "session" -> "{\"subject\":\"alice\",\"session\":\"login-1\"}";
                    case "apiKeyId" -> "{\"apiKeyId\":\"" + api.admin.substring(6, 32) + "\"}";
                    default -> "{\"all\":true}";
                });

        assertThat(stream.rest()).containsExactly(REVOKED);
        assertThat(Followed.open(api, token).head.status()).isEqualTo(401);
    }

    @Test
    @Threat("F11")
    void endsWhenTheTokenExpires() {
        Followed stream = ready(api.token("alice"));

        api.time.pass(Duration.ofHours(24));

        assertThat(stream.rest()).containsExactly(new Event("end", "{\"reason\":\"expired\"}"));
    }

    @Test
    void goesOnWhenAnotherTokenEnds() {
        Followed stream = ready(api.token("alice"));
        revoke("{\"id\":\"" + api.token("alice").substring(10, 36) + "\"}");
        revoke("{\"subject\":\"bob\"}");

        send("request", "1", "alice");

        assertThat(stream.next()).isEqualTo(CALLS);
    }

    @Test
    @Threat("F9")
    void takesFiveOfATokenAndTwentyOfASubject() {
        String token = api.token("alice");
        for (int i = 0; i < 5; i++) {
            ready(token);
        }
        Reply sixth = api.get(STREAM, token);
        for (int i = 0; i < 15; i++) {
            ready(api.token("alice"));
        }
        Reply next = api.get(STREAM, api.token("alice"));

        assertThat(List.of(sixth, next)).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.code()).isEqualTo("too-many-streams");
            assertThat(reply.header("Retry-After")).isPresent();
        });
        assertThat(ready(api.token("bob"))).isNotNull();
    }

    @Test
    void givesThePlaceOfOneWhoIsGoneToAnother() {
        String token = api.token("alice");
        for (int i = 0; i < 5; i++) {
            ready(token);
        }

        open.getFirst().close();

        long end = System.nanoTime() + PATIENCE.toNanos();
        int status = 429;
        while (status == 429 && System.nanoTime() - end < 0) {
            Followed next = follow(token);
            status = next.head.status();
            LockSupport.parkNanos(10_000_000);
            api.time.pass(Duration.ofMillis(10)); // The buckets fill again.
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void takesNoPlaceForHead() {
        String token = api.token("alice");

        for (int i = 0; i < 30; i++) {
            assertThat(api.call("HEAD", STREAM, token, "").status()).isEqualTo(200);
        }

        assertThat(ready(token)).isNotNull();
    }

    @Test
    void letsInHoldersOfTokensOnly() {
        assertThat(api.get(STREAM, "").status()).isEqualTo(401);
        assertThat(api.get(STREAM, api.admin).status()).isEqualTo(401);
        assertThat(api.get(STREAM + "?access_token=" + api.token("alice"), "").status())
                .isEqualTo(401);
        assertThat(api.call("POST", STREAM, api.token("alice"), "").status()).isEqualTo(405);
    }

    /** The limit of time is short in these tests; each change tells of as many meters as there may be. */
    @Test
    @Threat("F10")
    void cutsOffAReaderWhoTakesNothingAndNobodyElse() throws IOException {
        for (int i = 0; i < 900; i++) {
            api.meter("m".repeat(60) + i, "COUNT", "");
        }
        String token = api.token("alice");
        Followed reading = ready(token);
        Followed other = ready(api.token("bob", "calls"));
        try (RawClient deaf = new RawClient(api.server.port(), 4_096)) {
            String head = deaf.send("GET " + STREAM
                            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .head();
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (int i = 0; api.server.connections() > 2 && System.nanoTime() - end < 0; i++) {
                send("request", "e" + i, "alice");
                LockSupport.parkNanos(5_000_000);
            }
            String taken = deaf.everything();

            assertThat(head).startsWith("HTTP/1.1 200 ");
            assertThat(api.server.connections()).as("those who read").isEqualTo(2);
            assertThat(taken.length()).as("what waited for it").isBetween(1_000, 1 << 20);
            assertThat(taken).as("it was cut and not ended").doesNotContain("event: end");
        }
        send("request", "last", "bob");
        revoke("{\"subject\":\"alice\"}");

        assertThat(other.next()).isEqualTo(CALLS);
        assertThat(reading.rest()).contains(CALLS).endsWith(REVOKED);
    }

    @Test
    void mayBeReadByPagesOfOtherOrigins() {
        Followed stream = follow(api.token("alice"), "Origin: https://shop.example");

        assertThat(stream.head.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(stream.head.headers("Access-Control-Allow-Credentials")).isEmpty();
    }

    private Followed ready(String token) {
        Followed stream = follow(token);
        assertThat(stream.next().name()).isEqualTo("ready");
        return stream;
    }

    private Followed follow(String token, String... headers) {
        Followed stream = Followed.open(api, token, headers);
        open.add(stream);
        return stream;
    }

    private void send(String type, String id, String subject) {
        api.eventOf(type, id, subject, "2026-11-20T11:00:00Z", "{}");
    }

    private void revoke(String what) {
        assertThat(api.post("/api/v1/portal/tokens/invalidate", what).status()).isEqualTo(204);
    }
}
