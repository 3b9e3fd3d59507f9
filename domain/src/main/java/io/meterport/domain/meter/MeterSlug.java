package io.meterport.domain.meter;

import io.meterport.domain.problem.Require;
import java.util.regex.Pattern;

/**
 * The name by which people call a live meter; free again once the meter is deleted.
 *
 * @param value 1 to 64 lower-case letters, digits and single inner underscores
 */
public record MeterSlug(String value) implements Comparable<MeterSlug> {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:_[a-z0-9]+)*");

    public MeterSlug {
        Require.that(
                isSlug(value),
                "invalid-slug",
                "a slug has 1 to 64 lower-case letters, digits and single inner underscores");
    }

    /** Whether {@code text} may be a slug. */
    public static boolean isSlug(String text) {
        return text.length() <= 64 && SLUG.matcher(text).matches();
    }

    @Override
    public int compareTo(MeterSlug other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
