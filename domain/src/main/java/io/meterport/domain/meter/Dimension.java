package io.meterport.domain.meter;

import java.util.Objects;

/** A way to split a meter's usage: a name, and where in the data its values stand. */
public record Dimension(DimensionKey key, PropertyPath path) {
    public Dimension {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(path, "path");
    }
}
