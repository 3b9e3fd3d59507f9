package io.meterport.domain.portal;

import io.meterport.domain.problem.Require;

/** The public name of a portal token: a ULID in capital letters. It is no secret. */
public record TokenId(String value) {
    public TokenId {
        Require.ulid(value, "invalid-id", "a token id");
    }

    @Override
    public String toString() {
        return value;
    }
}
