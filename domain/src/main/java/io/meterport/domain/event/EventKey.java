package io.meterport.domain.event;

import io.meterport.domain.problem.Require;
import java.util.regex.Pattern;

/**
 * What makes an event one and the same: two events of one namespace with equal source and id are
 * the same event, and only the first counts.
 *
 * @param source a URI reference, 1 to {@value #MOST_SOURCE} characters
 * @param id 1 to {@value #MOST_ID} characters, unique within the source
 */
public record EventKey(String source, String id) {
    /** The longest source, in code points. */
    public static final int MOST_SOURCE = 1_024;
    /** The longest id, in code points. */
    public static final int MOST_ID = 256;

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    public EventKey {
        Require.plainText(id, MOST_ID, "invalid-event", "id");
        Require.plainText(source, MOST_SOURCE, "invalid-event", "source");
        Require.that(
                source.indexOf('%') < 0 || !BROKEN_ESCAPE.matcher(source).find(),
                "invalid-event",
                "source must be a URI reference; a percent sign begins an escape");
    }
}
