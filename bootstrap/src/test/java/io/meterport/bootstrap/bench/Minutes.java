package io.meterport.bootstrap.bench;

import java.time.Duration;
import java.util.Optional;

/** How long a proof takes: the property {@code proofs.minutes}, where it is given. */
final class Minutes {
    private Minutes() {}

    static Duration of(int usual) {
        double minutes = Optional.ofNullable(System.getProperty("proofs.minutes"))
                .filter(text -> !text.isBlank())
                .map(Double::valueOf)
                .orElse((double) usual);
        return Duration.ofMillis((long) (minutes * 60_000));
    }
}
