package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.access.Scope;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A usage page of any subjects, as operators ask for it. */
final class DashboardRoutesTest {
    private static final String QUERY = "/api/v1/usage/query";

    private final Api api = new Api();

    @BeforeEach
    void fill() {
        api.meter("calls", "COUNT", "", "model");
        api.meter("tokens", "SUM", "n", "model");
        api.event("1", "alice", "2026-11-20T09:00:00Z", "{\"n\":1.5,\"model\":\"a\"}");
        api.event("2", "bob", "2026-11-20T09:00:00Z", "{\"n\":2,\"model\":\"b\"}");
        api.event("3", "bob", "2026-11-20T10:00:00Z", "{\"n\":4,\"model\":\"a\"}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void putsAllSubjectsTogetherUnlessSomeAreNamed() {
        Reply reply =
                api.post(QUERY, "{\"meters\":[{\"meter\":\"tokens\",\"groupBy\":[\"model\"]}]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.textAt("/from")).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(reply.textAt("/meters/0/total/exact")).isEqualTo("7.5");
        assertThat(reply.textAt("/meters/0/series/0/total/exact")).isEqualTo("5.5");
        assertThat(reply.hasAt("/meters/0/subject")).isFalse();
        assertThat(reply.hasAt("/subject")).isFalse();
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @Test
    void answersEachMeterForEachSubjectNamed() {
        Reply reply = api.post(QUERY, """
                {"subjects":["bob","nobody","alice"],"meters":[{"meter":"tokens"},{"meter":"calls"}]}""");

        assertThat(IntStream.range(0, reply.countAt("/meters"))
                        .mapToObj(i -> "/meters/" + i)
                        .map(at -> reply.textAt(at + "/meter") + " " + reply.textAt(at + "/subject")
                                + " " + reply.textAt(at + "/total/exact")))
                .containsExactly(
                        "tokens bob 6",
                        "tokens nobody 0",
                        "tokens alice 1.5",
                        "calls bob 2",
                        "calls nobody 0",
                        "calls alice 1");
    }

    @Test
    void answersASubjectLikeItsPortal() {
        String question = """
                {"windowSize":"HOUR","meters":[{"meter":"tokens","groupBy":["model"],"compare":"previous"}]%s}""";

        Reply own = api.page(api.token("bob"), question.formatted(""));
        Reply operators = api.post(QUERY, question.formatted(",\"subjects\":[\"bob\"]"));

        assertThat(operators.at("/meters/0/series")).isEqualTo(own.at("/meters/0/series"));
        assertThat(operators.at("/meters/0/windows")).isEqualTo(own.at("/meters/0/windows"));
        assertThat(operators.at("/meters/0/previous")).isEqualTo(own.at("/meters/0/previous"));
    }

    @Test
    void tellsWhenTheLastEventWasStoredThatCouldCount() {
        String all = "{\"meters\":[{\"meter\":\"calls\"}]}";
        String dave = "{\"subjects\":[\"dave\"],\"meters\":[{\"meter\":\"calls\"}]}";
        api.time.pass(Duration.ofMinutes(5));
        api.event("late", "erin", "2026-11-01T00:00:00Z", "{}");

        assertThat(api.post(QUERY, all).text("asOf")).isEqualTo("2026-11-20T12:05:00Z");
        assertThat(api.post(QUERY, dave).hasAt("/asOf"))
                .as("dave never sent any")
                .isFalse();
    }

    @Test
    void writesATableOfAllSubjectsTogether() {
        Reply reply = csv(
                QUERY, "{\"meters\":[{\"meter\":\"tokens\",\"groupBy\":[\"model\"],\"top\":1}]}");

        assertThat(reply.header("Content-Type")).contains("text/csv");
        assertThat(reply.header("Content-Disposition"))
                .contains("attachment; filename=tokens_2026-11-01_2026-11-30_UTC.csv");
        assertThat(reply.body()).isEqualTo("""
                window_start,window_end,model,other,value
                2026-11-01T00:00:00Z,2026-12-01T00:00:00Z,a,false,5.5
                2026-11-01T00:00:00Z,2026-12-01T00:00:00Z,,true,2
                """);
    }

    @Test
    void writesATableOfSubjectsThatAreNamedAndLeavesCellsAsTheyAreForPrograms() {
        api.event("4", "=1+1", "2026-11-20T09:00:00Z", "{}");
        String question = """
                {"subjects":["bob","=1+1"],"period":{"from":"2026-11-20T00:00:00Z","to":"2026-11-21T00:00:00Z"},
                 "windowSize":"HOUR","meters":[{"meter":"calls"}]}""";

        assertThat(csv(QUERY, question).body()).isEqualTo("""
                window_start,window_end,subject,value
                2026-11-20T09:00:00Z,2026-11-20T10:00:00Z,bob,1
                2026-11-20T10:00:00Z,2026-11-20T11:00:00Z,bob,1
                2026-11-20T09:00:00Z,2026-11-20T10:00:00Z,"'=1+1",1
                """);
        assertThat(csv(QUERY + "?csvRaw=true", question).body()).endsWith("T10:00:00Z,=1+1,1\n");
        assertThat(csv(QUERY + "?csvRaw=yes", question).code()).isEqualTo("invalid-parameter");
    }

    @Test
    void writesNoTableOfTwoMeters() {
        String two = "{\"meters\":[{\"meter\":\"calls\"},{\"meter\":\"tokens\"}]}";

        assertThat(csv(QUERY, two).code()).isEqualTo("invalid-body");
    }

    @Test
    void refusesWhatCannotBe() {
        String many = IntStream.range(0, 101)
                .mapToObj(i -> "\"s" + i + "\"")
                .collect(Collectors.joining(","));
        String meters = "\"meters\":[{\"meter\":\"calls\"}]";

        assertThat(api.post(QUERY, "{\"subjects\":[" + many + "]," + meters + "}")
                        .field())
                .isEqualTo("/subjects");
        assertThat(api.post(QUERY, "{\"subjects\":[\"\"]," + meters + "}").status())
                .isEqualTo(400);
        assertThat(api.post(QUERY, "{\"subjects\":\"bob\"," + meters + "}").status())
                .isEqualTo(400);
        assertThat(api.post(QUERY, "{\"subject\":\"bob\"," + meters + "}").code())
                .isEqualTo("invalid-body");
        assertThat(api.post(QUERY, "{\"meters\":[{\"meter\":\"nowhere\"}]}").status())
                .isEqualTo(404);
        assertThat(api.post(QUERY, "{\"meters\":[{\"meter\":\"calls\",\"groupBy\":[\"subject\"]}]}")
                        .code())
                .as("several subjects would have several totals")
                .isEqualTo("invalid-body");
    }

    @Test
    void needsAKeyThatMayQuery() {
        String question = "{\"meters\":[{\"meter\":\"calls\"}]}";

        assertThat(post(api.key(Scope.QUERY), question).status()).isEqualTo(200);
        assertThat(post(api.key(Scope.INGEST, Scope.PORTAL_CREATE), question).status())
                .isEqualTo(403);
        assertThat(post(api.token("alice"), question).status()).isEqualTo(401);
        assertThat(post("", question).status()).isEqualTo(401);
        assertThat(post(api.keyOf(new Namespace("other"), Scope.QUERY), question)
                        .status())
                .isEqualTo(404);
        assertThat(api.get(QUERY).header("Allow")).contains("POST");
    }

    private Reply csv(String target, String question) {
        return api.call(
                "POST",
                target,
                api.admin,
                question,
                "Content-Type: application/json",
                "Accept: text/csv");
    }

    private Reply post(String bearer, String question) {
        return api.call("POST", QUERY, bearer, question, "Content-Type: application/json");
    }
}
