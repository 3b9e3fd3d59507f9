package io.meterport.application.portal;

/** How it stands with a token that was once let in. */
public enum Standing {
    /** It holds. */
    HOLDS,
    /** Its time is over. */
    EXPIRED,
    /** It was revoked. */
    REVOKED
}
