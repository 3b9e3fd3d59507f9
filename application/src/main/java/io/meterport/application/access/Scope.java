package io.meterport.application.access;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.util.Arrays;

/** What an API key may be used for. */
public enum Scope {
    /** Send events. */
    INGEST("ingest"),
    /** Read meters, usage, events and subjects. */
    QUERY("query"),
    /** Change meters and subjects. */
    METERS("meters"),
    /** Create portal tokens. */
    PORTAL_CREATE("portal:create"),
    /** List and invalidate portal tokens. */
    PORTAL_REVOKE("portal:revoke"),
    /** All of these, and API keys. */
    ADMIN("admin");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** How it is written. */
    public String text() {
        return text;
    }

    /** The scope written so, or {@code invalid-scope}. */
    public static Scope of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(new Problem.Invalid(
                        "invalid-scope",
                        "scope must be one of ingest, query, meters, portal:create, portal:revoke,"
                                + " admin")));
    }
}
