package io.meterport.application.spi;

import java.util.Optional;

/** What becomes of a stored value: nothing, gone, or another one. */
public sealed interface Patch<T> {
    /** Leaves it as it is. */
    record Keep<T>() implements Patch<T> {}

    /** Removes it. */
    record Clear<T>() implements Patch<T> {}

    /** Sets it. */
    record Replace<T>(T value) implements Patch<T> {}

    /** The value that {@code stored} becomes. */
    default Optional<T> applyTo(Optional<T> stored) {
        return switch (this) {
            case Keep<T> _ -> stored;
            case Clear<T> _ -> Optional.empty();
            case Replace<T>(T value) -> Optional.of(value);
        };
    }
}
