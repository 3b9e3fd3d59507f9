package io.meterport.adapters.http;

import io.helidon.http.HeaderNames;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.util.List;

/** The credential of a request: the one value of the one Authorization header, nothing else. */
final class BearerToken {
    private static final String SCHEME = "bearer ";
    private static final int MOST_CHARACTERS = 512;

    private BearerToken() {}

    /**
     * The text of the credential, which may still be that of any credential.
     *
     * @throws ProblemException {@code malformed-request} if there are two; {@code unauthenticated}
     *     if there is none, or what is there cannot be one
     */
    static String of(Exchange exchange) {
        List<String> values = exchange.headers(HeaderNames.AUTHORIZATION);
        if (values.isEmpty()) {
            throw new ProblemException(new Problem.Unauthenticated(false));
        }
        String value = values.getFirst();
        if (values.size() > 1 || isList(value) || exchange.query().has("access_token")) {
            throw Faults.of(
                    "malformed-request",
                    "The HTTP request is malformed: it has more than one credential.");
        }
        String text = value.length() > SCHEME.length() ? value.substring(SCHEME.length()) : "";
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || text.length() > MOST_CHARACTERS
                || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ProblemException(new Problem.Unauthenticated(true));
        }
        return text;
    }

    /** Two headers that a proxy has joined. */
    private static boolean isList(String value) {
        int comma = value.indexOf(',');
        return comma >= 0
                && value.substring(comma + 1).stripLeading().regionMatches(true, 0, SCHEME, 0, 7);
    }
}
