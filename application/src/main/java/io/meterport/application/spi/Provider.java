package io.meterport.application.spi;

import java.util.Map;

/** Opens a storage by configuration. */
public interface Provider<S> {
    /** The name by which a configuration chooses it. */
    String type();

    /**
     * Looks at options and opens nothing.
     *
     * @throws IllegalArgumentException naming an option that is unknown or wrong
     */
    void check(Map<String, String> options);

    /**
     * Opens it with its own options.
     *
     * @throws IllegalArgumentException naming an option that is unknown or wrong
     */
    S open(Map<String, String> options);
}
