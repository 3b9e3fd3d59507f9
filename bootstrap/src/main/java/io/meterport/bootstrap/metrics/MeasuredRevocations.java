package io.meterport.bootstrap.metrics;

import io.meterport.application.spi.RevocationLog;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.subject.Namespace;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;

/** Counts revocations. */
public final class MeasuredRevocations implements RevocationLog {
    private final RevocationLog revocations;
    private final Counter written;

    public MeasuredRevocations(RevocationLog revocations, Metrics metrics) {
        this.revocations = revocations;
        this.written = metrics.counter("meterport.revocations", "Revocations written.");
    }

    @Override
    public long revoke(
            Namespace namespace,
            Revocation revocation,
            String actor,
            Instant at,
            Duration longestLife) {
        long number = revocations.revoke(namespace, revocation, actor, at, longestLife);
        written.increment();
        return number;
    }

    @Override
    public long head() {
        return revocations.head();
    }

    @Override
    public boolean isShared() {
        return revocations.isShared();
    }
}
