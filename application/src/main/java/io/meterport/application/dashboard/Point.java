package io.meterport.application.dashboard;

import io.meterport.domain.usage.Window;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * One window of a series.
 *
 * @param partial whether the window is not over
 * @param value absent where there is nothing to say, which is not the same as zero
 * @param cumulative what has come together from the start of the period to the window's end
 */
public record Point(
        Window window,
        boolean partial,
        Optional<BigDecimal> value,
        Optional<BigDecimal> cumulative) {
    public Point {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(cumulative, "cumulative");
    }
}
