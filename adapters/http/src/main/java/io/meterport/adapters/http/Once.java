package io.meterport.adapters.http;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is worked out when it is first asked for, and once. Not thread-safe. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private Optional<T> value = Optional.empty();

    Once(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        if (value.isEmpty()) {
            value = Optional.of(source.get());
        }
        return value.get();
    }
}
