package io.meterport.application.portal;

import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.PortalToken;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a token's holder may know about it.
 *
 * @param displayName the subject's, if it is registered with one
 * @param now the server's time
 * @param meters what may be read, by slug
 */
public record PortalSession(
        PortalToken token, Optional<String> displayName, Instant now, List<VisibleMeter> meters) {
    public PortalSession {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(now, "now");
        meters = List.copyOf(meters);
    }

    /**
     * A meter as a token's holder sees it.
     *
     * @param dimensions those that are not hidden
     * @param dataFrom where its usage begins, if events had been forgotten when it was defined
     */
    public record VisibleMeter(
            Meter meter, List<Dimension> dimensions, Optional<Instant> dataFrom) {
        public VisibleMeter {
            Objects.requireNonNull(meter, "meter");
            dimensions = List.copyOf(dimensions);
            Objects.requireNonNull(dataFrom, "dataFrom");
        }
    }
}
