package io.meterport.bootstrap.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One key of the configuration.
 *
 * @param name as it stands in the file, with dots between levels
 * @param fallback what holds when nobody gives it, as text; empty: nothing
 * @param rule what its value must be, to follow "must be"
 * @param parse the value of a text; empty if it breaks the rule
 */
record Key<T>(String name, String fallback, String rule, Function<String, Optional<T>> parse) {
    /** The name of the environment variable that overrides it. */
    String variable() {
        return variable(name);
    }

    /** The name of the environment variable for a key of that name. */
    static String variable(String name) {
        return "METERPORT_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
