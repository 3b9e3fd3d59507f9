package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registered subjects. */
final class SubjectRoutesTest {
    private static final String SUBJECTS = "/api/v1/subjects";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void registersSubjectsInTheOrderOfTheRequest() {
        Reply reply = api.post(
                SUBJECTS,
                "[{\"key\":\"b\",\"displayName\":\"B\",\"metadata\":{\"n\":1.0,\"o\":{\"x\":null}},"
                        + "\"stripeCustomerId\":\"cus_1\",\"currentPeriodStart\":\"ignored\"},{\"key\":\"a\"}]");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains(
                        "\"key\":\"b\",\"displayName\":\"B\",\"metadata\":{\"n\":1,\"o\":{\"x\":null}},\"stripeCustomerId\":\"cus_1\"")
                .contains("\"key\":\"a\",\"metadata\":{},\"createdAt\":\"2026-11-20T12:00:00Z\"");
        assertThat(reply.body().indexOf("\"b\"")).isLessThan(reply.body().indexOf("\"a\""));
    }

    @Test
    void keepsWhatIsAbsentAndClearsWhatIsNull() {
        api.post(SUBJECTS, "[{\"key\":\"a\",\"displayName\":\"A\",\"metadata\":{\"n\":1}}]");

        assertThat(api.post(SUBJECTS, "[{\"key\":\"a\"}]").body())
                .contains("\"displayName\":\"A\"", "{\"n\":1}");
        assertThat(api.post(SUBJECTS, "[{\"key\":\"a\",\"displayName\":null,\"metadata\":null}]")
                        .body())
                .contains("\"metadata\":{}")
                .doesNotContain("displayName");
    }

    @Test
    void findsAndDeletesBySubjectKeyAndId() {
        String key = "a/b c;%";
        String id = ((Json.Text) ((Json.Obj) api.post(SUBJECTS, "[{\"key\":\"" + key + "\"}]")
                                .items()
                                .getFirst())
                        .members()
                        .get("id"))
                .value();
        String encoded = SUBJECTS + "/" + Encoded.of(key).replace("+", "%20");

        assertThat(api.get(encoded).text("id")).isEqualTo(id);
        assertThat(api.get(SUBJECTS + "/" + id).text("key")).isEqualTo(key);
        assertThat(api.delete(encoded).status()).isEqualTo(204);
        assertThat(api.delete(encoded).code()).isEqualTo("unknown-subject");
        assertThat(api.delete(SUBJECTS + "/" + id).status()).isEqualTo(204);
        assertThat(api.get(SUBJECTS + "/" + id).text("deletedAt"))
                .isEqualTo("2026-11-20T12:00:00Z");
        assertThat(api.get(SUBJECTS).body()).isEqualTo("[]\n");
    }

    @Test
    void refusesTheSameNewKeyTwice() {
        Reply reply = api.post(SUBJECTS, "[{\"key\":\"a\"},{\"key\":\"a\"}]");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("duplicate-subject");
        assertThat(api.get(SUBJECTS).body()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"key\":\"a\"} | invalid-body | ''",
                "[1] | invalid-body | /0",
                "[{}] | invalid-body | /0/key",
                "[{\"key\":\"a\"},{\"key\":\"\"}] | invalid-subject | /1/key",
                "[{\"key\":\"a\",\"displayName\":1}] | invalid-body | /0/displayName",
                "[{\"key\":\"a\",\"metadata\":[]}] | invalid-body | /0/metadata",
                "[{\"key\":\"a\",\"stripeCustomerId\":\"x\"}] | invalid-body | /0"
            })
    void refusesASubjectThatCannotBe(String body, String code, String field) {
        Reply reply = api.post(SUBJECTS, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.field()).isEqualTo(field);
    }
}
