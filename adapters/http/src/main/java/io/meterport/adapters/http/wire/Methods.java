package io.meterport.adapters.http.wire;

import java.util.Set;

/** The methods of HTTP that may stand in logs and metrics. */
final class Methods {
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

    private Methods() {}

    /** The method, or {@code OTHER} for one that nobody needs. */
    static String known(String method) {
        return KNOWN.contains(method) ? method : "OTHER";
    }
}
