package io.meterport.adapters.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;

/** Answers with a weak tag, or that nothing has changed (RFC 9110, 13.1.2). */
final class Conditional {
    private static final Header REVALIDATE =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "private, no-cache");
    private static final Header VARY =
            HeaderValues.createCached(HeaderNames.VARY, "Origin, Authorization, Accept");
    private static final int NOT_MODIFIED = 304;
    private static final int MOST_CHARACTERS = 8_192;

    private Conditional() {}

    /** The answer, worked out only if the client does not have it already. */
    static Answer of(Exchange exchange, String tag, Supplier<Answer> answer) {
        String weak = "W/\"" + tag + "\"";
        Answer found = hasAlready(exchange.headers(HeaderNames.IF_NONE_MATCH), tag)
                ? Answer.noContent().withStatus(NOT_MODIFIED)
                : answer.get();
        return found.with(HeaderNames.ETAG, weak).with(REVALIDATE).with(VARY);
    }

    private static boolean hasAlready(List<String> values, String tag) {
        String quoted = "\"" + tag + "\"";
        for (String value : values) {
            if (value.length() > MOST_CHARACTERS) {
                throw new ProblemException(new Problem.Invalid(
                        "malformed-request",
                        "The HTTP request is malformed: If-None-Match is too long."));
            }
            if (value.strip().equals("*") || value.contains(quoted)) {
                return true;
            }
        }
        return false;
    }
}
