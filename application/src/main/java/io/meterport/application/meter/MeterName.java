package io.meterport.application.meter;

import io.meterport.application.spi.Catalog;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import java.util.Locale;
import java.util.Optional;

/**
 * How a caller names a meter: by its slug or its id. A text that could be both is a slug if a live
 * meter has it.
 */
public record MeterName(String text) {
    public MeterName {
        Require.that(
                MeterSlug.isSlug(text) || Require.isUlid(text.toUpperCase(Locale.ROOT)),
                "invalid-parameter",
                "A meter is named by its slug or its id.");
    }

    /** The live meter named, or {@code unknown-meter}. */
    public Meter in(Catalog catalog) {
        return slug().flatMap(catalog::find)
                .or(() -> id().flatMap(catalog::find))
                .orElseThrow(this::unknown);
    }

    /** The text as a slug, if it can be one. */
    public Optional<MeterSlug> slug() {
        return MeterSlug.isSlug(text) ? Optional.of(new MeterSlug(text)) : Optional.empty();
    }

    /** The text as an id, if it can be one; letter case does not matter. */
    public Optional<MeterId> id() {
        String capitals = text.toUpperCase(Locale.ROOT);
        return Require.isUlid(capitals) ? Optional.of(new MeterId(capitals)) : Optional.empty();
    }

    /** That there is no such meter. */
    public ProblemException unknown() {
        return new ProblemException(
                new Problem.NotFound("unknown-meter", "There is no meter " + text + "."));
    }
}
