package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An answer is sent again only while it is the right one. */
final class KeptAnswersTest {
    private static final String QUERY = "/api/v1/portal/meters/calls/query?windowSize=DAY";

    @Nested
    final class OverHttp {
        private final AtomicInteger reads = new AtomicInteger();
        private final Api api = new Api(settings -> settings, reader -> query -> {
            reads.incrementAndGet();
            return reader.apply(query);
        });
        private String token;

        @BeforeEach
        void fill() {
            api.meter("calls", "COUNT", "", "model");
            event("1", "alice", "a");
            token = api.token("alice");
        }

        @AfterEach
        void stop() {
            api.close();
        }

        @Test
        void isWorkedOutOnceAndSentTheSameTwice() {
            Reply first = api.get(QUERY, token);

            Reply second = api.get(QUERY, token);

            assertThat(second.body()).isEqualTo(first.body()).contains("\"value\":1");
            assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
            assertThat(reads).hasValue(1);
        }

        @Test
        void isWorkedOutAnewAfterAnEventOfTheSubjectAndNoOther() {
            api.get(QUERY, token);
            event("2", "bob", "a");
            api.get(QUERY, token);
            assertThat(reads).hasValue(1);

            event("3", "alice", "a");

            assertThat(api.get(QUERY, token).body()).contains("\"value\":2");
        }

        @Test
        void isWorkedOutAnewAfterAChangeOfTheMeterInTheSameInstant() {
            api.get(QUERY, token);

            api.put("/api/v1/meters/calls", """
                    {"name":"Calls","groupBy":{"model":"$.other"}}""");
            api.get(QUERY, token);
            api.put("/api/v1/meters/calls", """
                    {"name":"Calls","groupBy":{"model":"$.model"}}""");
            api.get(QUERY, token);

            assertThat(reads).hasValue(3);
        }

        @Test
        void isNobodyElses() {
            event("2", "bob", "a");
            event("3", "bob", "b");
            event("4", "alice", "b");
            String bobs = api.token("bob");
            String filtered =
                    api.tokenWith("alice", ",\"filters\":{\"calls\":{\"model\":[\"b\"]}}");

            assertThat(api.get(QUERY, token).body()).contains("\"value\":2", "alice");
            assertThat(api.get(QUERY, bobs).body())
                    .contains("\"value\":2", "bob")
                    .doesNotContain("alice");
            assertThat(api.get(QUERY, filtered).body()).contains("\"value\":1");
            assertThat(reads).hasValue(3);
        }

        @Test
        void isKeptFromATokenThatHasBeenRevoked() {
            api.get(QUERY, token);

            api.post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"alice\"}");

            assertThat(api.get(QUERY, token).status()).isEqualTo(401);
        }

        @Test
        void repeatsTheRangeAsItWasAskedFor() {
            String utc = api.get(QUERY + "&from=2026-11-20T00:00:00Z", token).body();

            String tokyo =
                    api.get(QUERY + "&from=2026-11-20T09:00:00%2B09:00", token).body();

            assertThat(utc).contains("\"from\":\"2026-11-20T00:00:00Z\"");
            assertThat(tokyo).contains("\"from\":\"2026-11-20T09:00:00+09:00\"");
        }

        private void event(String id, String subject, String model) {
            api.event(id, subject, "2026-11-20T11:00:00Z", "{\"model\":\"%s\"}".formatted(model));
        }
    }

    @Test
    void keepsTheLastOnesWithinItsBytes() {
        KeptAnswers kept = new KeptAnswers(100 * 1_512);
        List<Integer> made = new ArrayList<>();

        IntStream.range(0, 150).forEach(i -> ask(kept, i, 1_000, made));
        IntStream.range(50, 150).forEach(i -> ask(kept, i, 1_000, made));

        assertThat(made).hasSize(150);
        ask(kept, 49, 1_000, made);
        assertThat(made).hasSize(151);
    }

    @Test
    void keepsNoneThatIsLargeNorAnyIfItHasNoRoom() {
        List<Integer> made = new ArrayList<>();

        for (KeptAnswers kept : List.of(new KeptAnswers(16_000), new KeptAnswers(0))) {
            ask(kept, 1, 1_000, made);
            ask(kept, 1, 1_000, made);
        }

        assertThat(made).hasSize(4);
    }

    private static void ask(KeptAnswers kept, int name, int bytes, List<Integer> made) {
        Answer answer = kept.get(name, () -> {
            made.add(name);
            return Answer.of(
                    HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/plain"), new byte[bytes]);
        });
        assertThat(answer.body()).hasSize(bytes);
    }
}
