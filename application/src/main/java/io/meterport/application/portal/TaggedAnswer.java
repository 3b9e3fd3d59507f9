package io.meterport.application.portal;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * An answer that need not be worked out if the asker already has it.
 *
 * @param tag equal tags, equal answers, but for the time of asking; needs no reading of events
 * @param answer works it out
 */
public record TaggedAnswer<T>(String tag, Supplier<T> answer) {
    public TaggedAnswer {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(answer, "answer");
    }
}
