package io.meterport.application.dashboard;

import io.meterport.domain.problem.Require;
import io.meterport.domain.usage.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Which stretch of time a usage page shows. */
public sealed interface Period {
    /** The stretch itself, at the time {@code now}. */
    Window at(Instant now, ZoneId zone, BillingCalendar billing);

    /** The stretch that it is compared with: the one before, by the calendar of the zone. */
    Window before(Instant now, ZoneId zone, BillingCalendar billing);

    /** From here to there. */
    record Between(Instant from, Instant to) implements Period {
        public Between {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Require.that(from.isBefore(to), "invalid-range", "from must be before to");
        }

        @Override
        public Window at(Instant now, ZoneId zone, BillingCalendar billing) {
            return new Window(from, to);
        }

        @Override
        public Window before(Instant now, ZoneId zone, BillingCalendar billing) {
            return shiftedBack(new Window(from, to), zone);
        }
    }

    /** That many calendar days up to the end of today. */
    record LastDays(int count) implements Period {
        /** The most days. */
        public static final int MOST_DAYS = 3_660;

        public LastDays {
            Require.that(
                    count >= 1 && count <= MOST_DAYS,
                    "invalid-range",
                    "a period has 1 to " + MOST_DAYS + " days");
        }

        @Override
        public Window at(Instant now, ZoneId zone, BillingCalendar billing) {
            LocalDate tomorrow = LocalDate.ofInstant(now, zone).plusDays(1);
            return new Window(
                    tomorrow.minusDays(count).atStartOfDay(zone).toInstant(),
                    tomorrow.atStartOfDay(zone).toInstant());
        }

        @Override
        public Window before(Instant now, ZoneId zone, BillingCalendar billing) {
            return shiftedBack(at(now, zone, billing), zone);
        }
    }

    /** The billing period that is running. */
    record CurrentBilling() implements Period {
        @Override
        public Window at(Instant now, ZoneId zone, BillingCalendar billing) {
            return billing.current(now);
        }

        @Override
        public Window before(Instant now, ZoneId zone, BillingCalendar billing) {
            return billing.previous(now);
        }
    }

    /** The billing period before that. */
    record PreviousBilling() implements Period {
        @Override
        public Window at(Instant now, ZoneId zone, BillingCalendar billing) {
            return billing.previous(now);
        }

        @Override
        public Window before(Instant now, ZoneId zone, BillingCalendar billing) {
            return billing.previous(at(now, zone, billing).start());
        }
    }

    /** The same clock times as many calendar days earlier as the window is long, rounded up. */
    private static Window shiftedBack(Window window, ZoneId zone) {
        ZonedDateTime start = window.start().atZone(zone);
        ZonedDateTime end = window.end().atZone(zone);
        long whole = ChronoUnit.DAYS.between(start.toLocalDateTime(), end.toLocalDateTime());
        long days = start.plusDays(whole).toInstant().isBefore(window.end()) ? whole + 1 : whole;
        Instant earlier = start.minusDays(days).toInstant();
        Instant until = end.minusDays(days).toInstant();
        return new Window(earlier, until.isBefore(earlier) ? earlier : until);
    }

    /**
     * Up to where an earlier stretch is compared while {@code running} is not over: after as many
     * calendar days and as much time of day as have passed of it.
     */
    static Instant sameElapsed(Window running, Window earlier, Instant now, ZoneId zone) {
        if (!now.isBefore(running.end())) {
            return earlier.end();
        }
        if (!now.isAfter(running.start())) {
            return earlier.start();
        }
        ZonedDateTime start = running.start().atZone(zone);
        long days = ChronoUnit.DAYS.between(
                start.toLocalDateTime(), now.atZone(zone).toLocalDateTime());
        Duration rest = Duration.between(start.plusDays(days).toInstant(), now);
        Instant reached =
                earlier.start().atZone(zone).plusDays(days).toInstant().plus(rest);
        return reached.isBefore(earlier.end()) ? reached : earlier.end();
    }
}
