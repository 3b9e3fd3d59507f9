package io.meterport.application.dashboard;

import io.meterport.domain.portal.Billing;
import io.meterport.domain.portal.Hints;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * When a customer's billing periods begin and end. That is settled by the account's zone, whatever
 * zone a page shows its windows in, so that a page agrees with the invoice.
 */
public record BillingCalendar(Billing billing, ZoneId zone) {
    public BillingCalendar {
        Objects.requireNonNull(billing, "billing");
        Objects.requireNonNull(zone, "zone");
    }

    /**
     * The periods that a token names, in the token's zone, or UTC where it names none. A token that
     * names no periods has the calendar months of the zone that is shown.
     */
    public static BillingCalendar of(Hints hints, ZoneId shown) {
        ZoneId account = hints.timeZone().orElse(ZoneOffset.UTC);
        return hints.billing()
                .map(billing -> new BillingCalendar(billing, account))
                .orElseGet(() -> months(shown));
    }

    /** Calendar months of a zone. */
    public static BillingCalendar months(ZoneId zone) {
        return new BillingCalendar(Billing.CALENDAR_MONTHS, zone);
    }

    /** The period that {@code now} lies in. */
    Window current(Instant now) {
        return billing.current(now, zone);
    }

    /** The period before that. */
    Window previous(Instant now) {
        return billing.previous(now, zone);
    }
}
