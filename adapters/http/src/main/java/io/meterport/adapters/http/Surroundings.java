package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.RequestObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the server needs beside the use cases.
 *
 * @param time when events are received
 * @param requestIds gives a new name each time
 * @param ready whether the server can do its work now
 * @param observer is told of every request that was answered
 * @param pages what operators can look at beside the API
 */
public record Surroundings(
        InstantSource time,
        Supplier<String> requestIds,
        BooleanSupplier ready,
        RequestObserver observer,
        List<OperatorPage> pages) {
    public Surroundings {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(requestIds, "requestIds");
        Objects.requireNonNull(ready, "ready");
        Objects.requireNonNull(observer, "observer");
        pages = List.copyOf(pages);
    }
}
