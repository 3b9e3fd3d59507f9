package io.meterport.adapters.http;

import io.helidon.http.HeaderNames;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.util.List;
import java.util.Locale;

/** Reads bodies of the types that a route takes. */
final class Bodies {
    /** The largest body, but for batches of events. */
    static final int MOST_BYTES = 1 << 20;

    private static final String JSON = "application/json";

    private Bodies() {}

    /** A body of JSON. */
    static Json json(Exchange exchange) {
        mediaType(exchange, List.of(JSON));
        return JsonReader.read(exchange.body(MOST_BYTES));
    }

    /** Which of these types the body has; parameters and letter case do not matter. */
    static String mediaType(Exchange exchange, List<String> accepted) {
        List<String> sent = exchange.headers(HeaderNames.CONTENT_TYPE);
        String type = sent.size() == 1 ? sent.getFirst().toLowerCase(Locale.ROOT) : "";
        int semicolon = type.indexOf(';');
        String bare = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        if (!accepted.contains(bare) || !isUtf8(type)) {
            throw Faults.of(
                    "unsupported-media-type",
                    "Content-Type must be " + String.join(" or ", accepted) + ", in UTF-8.");
        }
        return bare;
    }

    private static boolean isUtf8(String type) {
        int charset = type.indexOf("charset=");
        if (charset < 0) {
            return true;
        }
        String value = type.substring(charset + "charset=".length()).replace("\"", "");
        return value.equals("utf-8") || value.startsWith("utf-8;") || value.startsWith("utf-8 ");
    }
}
