package io.meterport.adapters.http.wire;

/** Which kind of credential opens a path. */
public enum Realm {
    /** API keys, held by backends. */
    API,
    /** Portal tokens, held by browsers of any origin that is allowed. */
    PORTAL
}
