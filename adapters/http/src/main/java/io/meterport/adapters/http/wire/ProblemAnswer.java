package io.meterport.adapters.http.wire;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.json.JsonWriter;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns problems into answers, the one place where that happens (RFC 9457). */
final class ProblemAnswer {
    /** No charset: clients of 2024 know this type only as it stands here. */
    static final Header PROBLEM_JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");

    private static final HeaderName CHALLENGE = HeaderNames.WWW_AUTHENTICATE;
    private static final HeaderName RETRY_AFTER = HeaderNames.RETRY_AFTER;
    private static final String SCOPE = "insufficient-scope";
    private static final int MOST_VIOLATIONS = 100;

    private ProblemAnswer() {}

    /** The answer to a request of that id on a path of that realm. */
    static Answer of(Problem problem, Realm realm, String requestId) {
        return switch (problem) {
            case Problem.Invalid invalid ->
                answer(400, codeOf(invalid), detailOf(invalid), invalid.violations(), requestId);
            case Problem.Unauthenticated unauthenticated ->
                plain(401, unauthenticated.code(), credential(realm), requestId)
                        .with(
                                CHALLENGE,
                                challenge(realm, unauthenticated.presented(), "invalid_token"));
            case Problem.Forbidden forbidden -> forbidden(forbidden, realm, requestId);
            case Problem.NotFound missing ->
                plain(404, missing.code(), missing.detail(), requestId);
            case Problem.Conflict conflict ->
                plain(409, conflict.code(), conflict.detail(), requestId);
            case Problem.TooLarge large -> plain(413, large.code(), large.detail(), requestId);
            case Problem.TooMany many ->
                plain(429, many.code(), many.detail(), requestId)
                        .with(RETRY_AFTER, seconds(many.retryAfter()));
            case Problem.Unavailable away ->
                plain(503, away.code(), away.detail(), requestId)
                        .with(RETRY_AFTER, seconds(away.retryAfter()));
        };
    }

    private static Answer forbidden(Problem.Forbidden forbidden, Realm realm, String requestId) {
        Answer answer = plain(403, forbidden.code(), forbidden.detail(), requestId);
        return forbidden.code().equals(SCOPE)
                ? answer.with(CHALLENGE, challenge(realm, true, "insufficient_scope"))
                : answer;
    }

    /** 405, naming the methods that would do. */
    static Answer methodNotAllowed(String allow, String requestId) {
        return plain(405, "method-not-allowed", "Allowed here: " + allow + ".", requestId)
                .with(HeaderNames.ALLOW, allow);
    }

    /** 500, which says nothing but where to look it up. */
    static Answer bug(String requestId) {
        return plain(500, "internal-error", "", requestId);
    }

    /** Any status, without violations; an empty detail is left out. */
    static Answer plain(int status, String code, String detail, String requestId) {
        return answer(status, code, detail, List.of(), requestId);
    }

    private static Answer answer(
            int status, String code, String detail, List<Violation> violations, String requestId) {
        JsonWriter json = JsonWriter.webSafe();
        json.beginObject();
        json.name("type").value("about:blank");
        json.name("title").value(title(status));
        json.name("status").value(status);
        json.name("code").value(code);
        if (!detail.isEmpty()) {
            json.name("detail").value(sentence(detail));
        }
        json.name("instance").value("urn:request:" + requestId);
        if (!violations.isEmpty()) {
            json.name("extensions").beginObject().name("validationErrors");
            write(violations, json);
            json.endObject();
        }
        json.endObject().newLine();
        return new Answer(status, List.of(PROBLEM_JSON), json.toBytes(), Optional.of(code));
    }

    private static void write(List<Violation> violations, JsonWriter json) {
        json.beginArray();
        for (Violation violation : violations.stream().limit(MOST_VIOLATIONS).toList()) {
            json.beginObject();
            json.name("code").value(violation.code());
            json.name("message").value(sentence(violation.message()));
            json.name("field").value(violation.field());
            json.endObject();
        }
        json.endArray();
    }

    /** Of several faults the first gives the code. */
    private static String codeOf(Problem.Invalid invalid) {
        return invalid.violations().isEmpty()
                ? invalid.code()
                : invalid.violations().getFirst().code();
    }

    private static String detailOf(Problem.Invalid invalid) {
        return invalid.detail().isEmpty() && !invalid.violations().isEmpty()
                ? invalid.violations().getFirst().message()
                : invalid.detail();
    }

    private static String credential(Realm realm) {
        return switch (realm) {
            case API -> "A valid API key is required.";
            case PORTAL -> "A valid portal token is required.";
        };
    }

    private static String challenge(Realm realm, boolean presented, String error) {
        String challenge = "Bearer realm=\"" + realm.name().toLowerCase(Locale.ROOT) + "\"";
        return presented ? challenge + ", error=\"" + error + "\"" : challenge;
    }

    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            case 414 -> "Request URI Too Long";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
