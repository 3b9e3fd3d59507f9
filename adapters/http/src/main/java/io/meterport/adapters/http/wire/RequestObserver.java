package io.meterport.adapters.http.wire;

import java.util.Optional;

/** Is told of every request once it has been answered. Must be thread-safe, quick, and not throw. */
@FunctionalInterface
public interface RequestObserver {
    /**
     * One answered request. Holds nothing that a caller could have made up freely.
     *
     * @param method a method that some path has, else {@code OTHER}
     * @param route the pattern of the path, or {@code none}
     * @param code of the problem that was answered
     * @param caller the public id of the key or token
     */
    record Answered(
            String method,
            String route,
            int status,
            Optional<String> code,
            long nanos,
            String requestId,
            Optional<String> caller) {}

    /** That it has been answered. */
    void answered(Answered request);

    /** Tells this one, then the other. */
    default RequestObserver and(RequestObserver other) {
        return request -> {
            answered(request);
            other.answered(request);
        };
    }
}
