package io.meterport.adapters.http.wire;

import io.helidon.http.HttpPrologue;

/**
 * The request target as it was sent, cut into path and query. Nothing is ever built from the
 * authority of a target that has one.
 */
record Target(String path, String query) {
    static Target of(HttpPrologue prologue) {
        String raw = prologue.uriPath().rawPath();
        String query = prologue.query().rawValue();
        int scheme = raw.indexOf("://");
        if (raw.startsWith("/") || scheme < 0) {
            return new Target(raw, query);
        }
        int slash = raw.indexOf('/', scheme + 3);
        return new Target(slash < 0 ? "/" : raw.substring(slash), query);
    }
}
