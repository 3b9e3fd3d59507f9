package io.meterport.adapters.http.hosted;

import java.util.List;

/**
 * Tells the usage page whom it may ask for a token. The browser keeps pages of other origins from
 * framing it; this is the same list once more, for the page itself.
 */
final class FrameOrigins {
    private static final String PLACE = "name=\"usage-portal-origins\" content=\"";

    private FrameOrigins() {}

    /** The page with these origins in the place for them, if it has one. */
    static String inserted(String html, List<String> origins) {
        return html.replace(PLACE + "\"", PLACE + String.join(" ", origins) + "\"");
    }
}
