package io.meterport.bootstrap.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Options that may be repeated: the command line's parser says null where there was none. */
final class Given {
    private Given() {}

    static List<String> list(List<String> given) {
        return Objects.requireNonNullElse(given, List.of());
    }

    static Map<String, String> map(Map<String, String> given) {
        return Objects.requireNonNullElse(given, Map.of());
    }
}
