package io.meterport.domain.portal;

/**
 * How far revocations reach, one number for each circle a token lies in; zero where there was none.
 * A token made before the highest of them is dead.
 */
public record Watermarks(long global, long namespace, long apiKey, long subject, long session) {
    /** Nothing was ever revoked. */
    public static final Watermarks NONE = new Watermarks(0, 0, 0, 0, 0);

    /** The highest: always the greatest of all, never the newest or the narrowest. */
    public long highest() {
        return Math.max(Math.max(global, namespace), Math.max(apiKey, Math.max(subject, session)));
    }

    /** Whether a token made at that sequence is covered by a revocation. */
    public boolean cover(long createdSequence) {
        return createdSequence < highest();
    }
}
