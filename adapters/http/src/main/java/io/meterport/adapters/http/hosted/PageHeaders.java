package io.meterport.adapters.http.hosted;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.util.List;

/** What a browser is told about a page: to let it do nothing that it does not need. */
final class PageHeaders {
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
            "frame-ancestors ");
    private static final Header PERMISSIONS = HeaderValues.createCached(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()");
    /** A page that opens it in a window has no hold on that window. */
    private static final Header ALONE =
            HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin");

    private static final Header NO_ONE_ELSES =
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin");
    private static final Header FOR_FRAMES =
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "cross-origin");

    private PageHeaders() {}

    /** For a page that those origins' pages may frame; empty: nobody's. */
    static List<Header> framedBy(List<String> origins) {
        String ancestors = origins.isEmpty() ? "'none'" : String.join(" ", origins);
        return List.of(
                HeaderValues.create("Content-Security-Policy", POLICY + ancestors),
                PERMISSIONS,
                ALONE,
                origins.isEmpty() ? NO_ONE_ELSES : FOR_FRAMES);
    }
}
