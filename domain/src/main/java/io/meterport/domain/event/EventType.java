package io.meterport.domain.event;

import io.meterport.domain.problem.Require;

/**
 * The kind of an event, by which meters choose their events; compared character by character.
 *
 * @param value 1 to {@value #MOST_CHARACTERS} characters, not blank, no control characters
 */
public record EventType(String value) {
    /** The longest type, in code points. */
    public static final int MOST_CHARACTERS = 256;

    public EventType {
        Require.plainText(value, MOST_CHARACTERS, "invalid-event", "type");
    }

    @Override
    public String toString() {
        return value;
    }
}
