package io.meterport.adapters.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text as it may stand in a query. */
final class Encoded {
    private Encoded() {}

    static String of(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
