package io.meterport.domain.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillingTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2026-02-27T12:00:00Z, 2026-01-31, 2026-02-28",
        "2026-02-28T00:00:00Z, 2026-02-28, 2026-03-31",
        "2026-03-30T23:59:59Z, 2026-02-28, 2026-03-31",
        "2026-03-31T00:00:00Z, 2026-03-31, 2026-04-30",
        "2028-02-29T00:00:00Z, 2028-02-29, 2028-03-31",
        "2025-12-30T00:00:00Z, 2025-11-30, 2025-12-31",
    })
    void the31stMeansTheLastDayOfAShorterMonth(String now, LocalDate from, LocalDate to) {
        Billing billing = new Billing(LocalDate.of(2026, 1, 31), Billing.Interval.of("month"));

        Window current = billing.current(Instant.parse(now), ZoneOffset.UTC);

        assertThat(current).isEqualTo(days(from, to, ZoneOffset.UTC));
    }

    @Test
    void periodsBeginAtMidnightOfTheZoneOnBothSidesOfAClockChange() {
        Billing billing = new Billing(LocalDate.of(2026, 1, 15), Billing.Interval.of("month"));

        Window current = billing.current(Instant.parse("2026-03-08T12:00:00Z"), NEW_YORK);

        assertThat(current.start()).isEqualTo(Instant.parse("2026-02-15T05:00:00Z"));
        assertThat(current.end()).isEqualTo(Instant.parse("2026-03-15T04:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"month", "quarter", "year", "days:1", "days:7", "days:366"})
    void eachPeriodEndsWhereTheNextBegins(String interval) {
        Billing billing = new Billing(LocalDate.of(2024, 2, 29), Billing.Interval.of(interval));
        Instant now = Instant.parse("2026-11-01T05:30:00Z");

        Window current = billing.current(now, NEW_YORK);
        Window previous = billing.previous(now, NEW_YORK);

        assertThat(current.contains(now)).isTrue();
        assertThat(previous.end()).isEqualTo(current.start());
        assertThat(billing.current(previous.end().minusNanos(1), NEW_YORK)).isEqualTo(previous);
        assertThat(billing.interval().text()).isEqualTo(interval);
    }

    @Test
    void anAnchorInTheFutureWorksBackwards() {
        Billing billing = new Billing(LocalDate.of(2030, 1, 10), Billing.Interval.of("days:30"));

        Window current = billing.current(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

        long days = LocalDate.of(2030, 1, 10).toEpochDay()
                - LocalDate.ofInstant(current.start(), ZoneOffset.UTC).toEpochDay();
        assertThat(days % 30).isZero();
        assertThat(current.contains(Instant.parse("2026-06-01T00:00:00Z"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "months", "days:0", "days:367", "days:-1", "days:1000", "Month"})
    void refusesWhatIsNoInterval(String text) {
        assertThatThrownBy(() -> Billing.Interval.of(text)).isInstanceOf(ProblemException.class);
    }

    private static Window days(LocalDate from, LocalDate to, ZoneId zone) {
        return new Window(
                from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
    }
}
