package io.meterport.domain.meter;

import io.meterport.domain.problem.Require;

/** The name that Meterport gives to a meter for ever: a ULID in capital letters. */
public record MeterId(String value) {
    public MeterId {
        Require.ulid(value, "invalid-id", "a meter id");
    }

    @Override
    public String toString() {
        return value;
    }
}
