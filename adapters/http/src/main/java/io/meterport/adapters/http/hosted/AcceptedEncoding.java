package io.meterport.adapters.http.hosted;

import java.util.List;
import java.util.Locale;

/** What clients say in {@code Accept-Encoding} (RFC 9110, 12.5.3). */
final class AcceptedEncoding {
    private static final String GZIP = "gzip";
    private static final String ANY = "*";

    private AcceptedEncoding() {}

    /** Whether the client takes gzip; one that names it decides, else {@code *} does. */
    static boolean takesGzip(List<String> values) {
        boolean any = false;
        for (String value : values) {
            for (String item : value.split(",", -1)) {
                String[] parts = item.split(";", 2);
                boolean wanted = parts.length == 1 || !isZero(parts[1]);
                switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                    case GZIP -> {
                        return wanted;
                    }
                    case ANY -> any = wanted;
                    default -> {}
                }
            }
        }
        return any;
    }

    private static boolean isZero(String weight) {
        return weight.strip().toLowerCase(Locale.ROOT).matches("q=0(\\.0{0,3})?");
    }
}
