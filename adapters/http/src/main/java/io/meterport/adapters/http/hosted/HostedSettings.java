package io.meterport.adapters.http.hosted;

import java.util.List;

/**
 * Which pages are served beside the API, and who may show them.
 *
 * @param frameOrigins the origins whose pages may frame the usage page, as browsers write them, or
 *     {@code *} alone for every one; empty: nobody's
 * @param playground whether developers find the playground
 */
public record HostedSettings(List<String> frameOrigins, boolean playground) {
    private static final HostedSettings DEFAULT = new HostedSettings(List.of(), false);

    public HostedSettings {
        frameOrigins = List.copyOf(frameOrigins);
    }

    /** No page may frame it, and there is no playground. */
    public static HostedSettings defaults() {
        return DEFAULT;
    }
}
