package io.meterport.application;

import io.meterport.application.access.NewSecrets;
import io.meterport.application.spi.Samples;
import io.meterport.domain.portal.TokenSecret;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that rise and secrets that differ, the same in every run. */
public final class Secrets {
    private final AtomicLong last = new AtomicLong(100);

    /** The next id. */
    public String id() {
        return Samples.ulid(last.incrementAndGet());
    }

    /** Makes credentials of them. */
    public NewSecrets make() {
        return new NewSecrets(
                this::id,
                () -> ByteBuffer.allocate(TokenSecret.RANDOM_BYTES)
                        .putLong(last.get())
                        .array());
    }
}
