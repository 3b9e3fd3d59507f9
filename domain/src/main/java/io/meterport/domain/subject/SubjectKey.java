package io.meterport.domain.subject;

import io.meterport.domain.problem.Require;

/**
 * The sender's own name for one of its customers. Opaque: compared character by character, so that
 * two spellings of one letter are two subjects. Ordered by code points.
 *
 * @param value 1 to {@value #MOST_CHARACTERS} characters, not blank, no control characters
 */
public record SubjectKey(String value) implements Comparable<SubjectKey> {
    /** The longest key, in code points. */
    public static final int MOST_CHARACTERS = 1_024;

    public SubjectKey {
        Require.plainText(value, MOST_CHARACTERS, "invalid-subject", "subject");
    }

    @Override
    public int compareTo(SubjectKey other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
