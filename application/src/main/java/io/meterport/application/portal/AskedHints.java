package io.meterport.application.portal;

import io.meterport.domain.portal.Billing;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@link io.meterport.domain.portal.Hints} as a backend gives them: meters by slug. */
public record AskedHints(
        Optional<ZoneId> timeZone,
        Optional<String> locale,
        Optional<Billing> billing,
        Map<String, BigDecimal> allowances) {
    /** None at all. */
    public static final AskedHints NONE =
            new AskedHints(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public AskedHints {
        Objects.requireNonNull(timeZone, "timeZone");
        Objects.requireNonNull(locale, "locale");
        Objects.requireNonNull(billing, "billing");
        Objects.requireNonNull(allowances, "allowances");
    }
}
