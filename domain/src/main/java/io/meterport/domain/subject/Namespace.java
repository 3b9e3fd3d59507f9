package io.meterport.domain.subject;

import io.meterport.domain.problem.Require;
import java.util.regex.Pattern;

/**
 * A walled-off part of one installation. Events, meters, subjects, tokens and keys of one namespace
 * are never seen from another; a namespace comes only from a credential or from configuration.
 *
 * @param name 1 to 64 lower-case letters, digits, and single inner dashes or underscores
 */
public record Namespace(String name) {
    // First, because the constructor of the constant below needs it.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[_-][a-z0-9]+)*");

    /** The namespace used where none was chosen. */
    public static final Namespace DEFAULT = new Namespace("default");

    public Namespace {
        Require.that(
                name.length() <= 64 && NAME.matcher(name).matches(),
                "invalid-namespace",
                "a namespace has 1 to 64 lower-case letters, digits, single inner dashes or"
                        + " underscores");
    }

    @Override
    public String toString() {
        return name;
    }
}
