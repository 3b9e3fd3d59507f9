package io.meterport.bootstrap.metrics;

import io.meterport.adapters.http.wire.RequestObserver;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times requests by method, route and status, of which there are only so many. */
public final class MeasuredRequests implements RequestObserver {
    private final Metrics metrics;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(String method, String route, int status) {}

    public MeasuredRequests(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void answered(Answered request) {
        timers.computeIfAbsent(
                        new Kind(request.method(), request.route(), request.status()), this::timer)
                .record(request.nanos(), TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return metrics.timer(
                "meterport.http.requests",
                "From the first byte of a request to its answer.",
                "method",
                kind.method(),
                "route",
                kind.route(),
                "status",
                Integer.toString(kind.status()));
    }
}
