package io.meterport.domain.meter;

import io.meterport.domain.problem.Require;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a dimension of a meter.
 *
 * @param value a letter or underscore and up to 62 letters, digits or underscores; not one of the
 *     names that answers use for themselves
 */
public record DimensionKey(String value) {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z_][0-9a-zA-Z_]{0,62}");
    private static final Set<String> RESERVED = Set.of(
            "subject",
            "customer_id",
            "value",
            "window_start",
            "window_end",
            "windowstart",
            "windowend");

    public DimensionKey {
        Require.that(
                KEY.matcher(value).matches(),
                "invalid-dimension",
                "a dimension begins with a letter or underscore and has up to 63 letters, digits"
                        + " or underscores");
        Require.that(
                !RESERVED.contains(value),
                "invalid-dimension",
                "the dimension name " + value + " is reserved");
    }

    /** Whether {@code text} has the form of a key, reserved or not. */
    public static boolean hasForm(String text) {
        return KEY.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
