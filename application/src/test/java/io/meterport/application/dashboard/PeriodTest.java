package io.meterport.application.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.portal.Billing;
import io.meterport.domain.portal.Billing.Interval;
import io.meterport.domain.portal.Hints;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant AFTER_SPRING = Instant.parse("2026-03-10T16:00:00Z");
    private static final BillingCalendar MONTHS = BillingCalendar.months(NEW_YORK);

    @Test
    void theLastDaysEndWithTodayInTheZone() {
        Window week = new Period.LastDays(7).at(AFTER_SPRING, NEW_YORK, MONTHS);

        assertThat(week).isEqualTo(window("2026-03-04T05:00:00Z", "2026-03-11T04:00:00Z"));
    }

    @Test
    void thePeriodBeforeIsAsManyCalendarDaysAcrossAClockChange() {
        Period week = new Period.LastDays(7);

        Window before = week.before(AFTER_SPRING, NEW_YORK, MONTHS);

        assertThat(before).isEqualTo(window("2026-02-25T05:00:00Z", "2026-03-04T05:00:00Z"));
    }

    @Test
    void aDayOf23HoursIsComparedWithTheDayBefore() {
        Period day = new Period.Between(
                Instant.parse("2026-03-08T05:00:00Z"), Instant.parse("2026-03-09T04:00:00Z"));

        Window before = day.before(AFTER_SPRING, NEW_YORK, MONTHS);

        assertThat(before).isEqualTo(window("2026-03-07T05:00:00Z", "2026-03-08T05:00:00Z"));
    }

    @Test
    void aMonthIsComparedWithTheMonthBeforeWhateverTheirLengths() {
        Period month = new Period.CurrentBilling();

        Window current = month.at(AFTER_SPRING, NEW_YORK, MONTHS);
        Window before = month.before(AFTER_SPRING, NEW_YORK, MONTHS);

        assertThat(current).isEqualTo(window("2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z"));
        assertThat(before).isEqualTo(window("2026-02-01T05:00:00Z", "2026-03-01T05:00:00Z"));
    }

    @Test
    void billingPeriodsAreThoseOfTheAccountInWhateverZoneTheyAreShown() {
        Billing fromTheTenth = new Billing(LocalDate.of(2026, 1, 10), new Interval.Months(1));
        Hints hints = hints(Optional.of(NEW_YORK), Optional.of(fromTheTenth));
        BillingCalendar account = BillingCalendar.of(hints, TOKYO);

        Window current = new Period.CurrentBilling().at(AFTER_SPRING, TOKYO, account);
        Window previous = new Period.PreviousBilling().at(AFTER_SPRING, TOKYO, account);

        assertThat(current).isEqualTo(window("2026-03-10T04:00:00Z", "2026-04-10T04:00:00Z"));
        assertThat(previous).isEqualTo(window("2026-02-10T05:00:00Z", "2026-03-10T04:00:00Z"));
    }

    @Test
    void billingPeriodsOfAnAccountWithoutAZoneAreThoseOfUtc() {
        Billing monthly = new Billing(LocalDate.of(2026, 1, 1), new Interval.Months(1));
        Hints hints = hints(Optional.empty(), Optional.of(monthly));

        Window current = new Period.CurrentBilling()
                .at(AFTER_SPRING, TOKYO, BillingCalendar.of(hints, TOKYO));

        assertThat(current).isEqualTo(window("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"));
    }

    @Test
    void withoutBillingTheMonthIsThatOfTheZoneShown() {
        Hints hints = hints(Optional.of(NEW_YORK), Optional.empty());

        Window current = new Period.CurrentBilling()
                .at(AFTER_SPRING, TOKYO, BillingCalendar.of(hints, TOKYO));

        assertThat(current).isEqualTo(window("2026-02-28T15:00:00Z", "2026-03-31T15:00:00Z"));
    }

    @Test
    void anOpenPeriodIsComparedUpToTheSameTimeOfTheSameDay() {
        Window march = window("2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z");
        Window february = window("2026-02-01T05:00:00Z", "2026-03-01T05:00:00Z");

        Instant upTo = Period.sameElapsed(march, february, AFTER_SPRING, NEW_YORK);

        // Noon in New York on the 10th day, although March had an hour less by then.
        assertThat(upTo).isEqualTo(Instant.parse("2026-02-10T17:00:00Z"));
    }

    @Test
    void aShorterPeriodBeforeIsComparedToItsEndAtMost() {
        Window march = window("2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z");
        Window february = window("2026-02-01T05:00:00Z", "2026-03-01T05:00:00Z");
        Instant lateInMarch = Instant.parse("2026-03-31T12:00:00Z");

        assertThat(Period.sameElapsed(march, february, lateInMarch, NEW_YORK))
                .isEqualTo(february.end());
    }

    @Test
    void aClosedPeriodIsComparedWithAllOfTheOneBefore() {
        Window january = window("2026-01-01T05:00:00Z", "2026-02-01T05:00:00Z");
        Window december = window("2025-12-01T05:00:00Z", "2026-01-01T05:00:00Z");

        assertThat(Period.sameElapsed(january, december, AFTER_SPRING, NEW_YORK))
                .isEqualTo(december.end());
    }

    private static Hints hints(Optional<ZoneId> zone, Optional<Billing> billing) {
        return new Hints(zone, Optional.empty(), billing, Map.of());
    }

    private static Window window(String from, String to) {
        return new Window(Instant.parse(from), Instant.parse(to));
    }
}
