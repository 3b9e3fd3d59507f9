package io.meterport.domain.subject;

import io.meterport.domain.problem.Require;

/** The name that Meterport gives to a registered subject: a ULID in capital letters. */
public record SubjectId(String value) {
    public SubjectId {
        Require.ulid(value, "invalid-id", "a subject id");
    }

    @Override
    public String toString() {
        return value;
    }
}
