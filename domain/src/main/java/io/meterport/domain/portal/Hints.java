package io.meterport.domain.portal;

import io.meterport.domain.meter.MeterId;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the backend that asked for a token knows about its customer and a dashboard should too.
 * Hints restrict nothing.
 *
 * @param locale a BCP 47 language tag
 * @param allowances what is included per billing period, by meter
 */
public record Hints(
        Optional<ZoneId> timeZone,
        Optional<String> locale,
        Optional<Billing> billing,
        Map<MeterId, BigDecimal> allowances) {
    /** None at all. */
    public static final Hints NONE =
            new Hints(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public Hints {
        Objects.requireNonNull(timeZone, "timeZone");
        Objects.requireNonNull(locale, "locale");
        Objects.requireNonNull(billing, "billing");
        allowances = Collections.unmodifiableMap(new LinkedHashMap<>(allowances));
    }
}
