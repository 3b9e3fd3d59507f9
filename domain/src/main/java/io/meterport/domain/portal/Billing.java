package io.meterport.domain.portal;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a customer is billed: periods that follow one another without gap, of which one begins on the
 * anchor. Each begins at the first instant of its local date.
 *
 * @param anchor a day on which a period begins; the 29th to the 31st mean the last day of a shorter
 *     month
 */
public record Billing(LocalDate anchor, Interval interval) {
    /** How long a period is. */
    public sealed interface Interval {
        /** So many months: 1, 3 or 12. */
        record Months(int count) implements Interval {
            public Months {
                Require.that(count == 1 || count == 3 || count == 12, CODE, WHAT);
            }
        }

        /** That many days, 1 to {@value Billing#MOST_DAYS}. */
        record Days(int count) implements Interval {
            public Days {
                Require.that(count >= 1 && count <= MOST_DAYS, CODE, WHAT);
            }
        }

        /** Reads {@code month}, {@code quarter}, {@code year} or {@code days:n}. */
        static Interval of(String text) {
            return switch (text) {
                case "month" -> new Months(1);
                case "quarter" -> new Months(3);
                case "year" -> new Months(12);
                default -> days(text);
            };
        }

        /** As {@link #of} reads it. */
        default String text() {
            return switch (this) {
                case Months months ->
                    months.count() == 1 ? "month" : months.count() == 3 ? "quarter" : "year";
                case Days days -> "days:" + days.count();
            };
        }

        private static Interval days(String text) {
            Matcher matcher = DAYS.matcher(text);
            if (!matcher.matches()) {
                throw new ProblemException(new Problem.Invalid(CODE, WHAT));
            }
            return new Days(Integer.parseInt(matcher.group(1)));
        }
    }

    /** The longest period in days. */
    public static final int MOST_DAYS = 366;

    private static final String CODE = "invalid-billing";
    private static final String WHAT =
            "the interval must be month, quarter, year or days:n with n from 1 to " + MOST_DAYS;
    private static final Pattern DAYS = Pattern.compile("days:([1-9][0-9]{0,2})");
    private static final LocalDate EARLIEST = LocalDate.EPOCH;
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    /** Calendar months: what is assumed where nothing is known. */
    public static final Billing CALENDAR_MONTHS = new Billing(EARLIEST, new Interval.Months(1));

    public Billing {
        Objects.requireNonNull(interval, "interval");
        Require.that(
                !anchor.isBefore(EARLIEST) && !anchor.isAfter(LATEST),
                CODE,
                "the anchor must lie between 1970 and 9999");
    }

    /** The period that {@code now} lies in. */
    public Window current(Instant now, ZoneId zone) {
        return period(indexAt(now, zone), zone);
    }

    /** The period before the one that {@code now} lies in. */
    public Window previous(Instant now, ZoneId zone) {
        return period(indexAt(now, zone) - 1, zone);
    }

    private Window period(long index, ZoneId zone) {
        return new Window(start(index, zone), start(index + 1, zone));
    }

    private Instant start(long index, ZoneId zone) {
        LocalDate date = switch (interval) {
            case Interval.Months months -> anchor.plusMonths(index * months.count());
            case Interval.Days days -> anchor.plusDays(index * days.count());
        };
        return date.atStartOfDay(zone).toInstant();
    }

    private long indexAt(Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        long index = switch (interval) {
            case Interval.Months months ->
                Math.floorDiv(ChronoUnit.MONTHS.between(anchor, today), months.count());
            case Interval.Days days ->
                Math.floorDiv(ChronoUnit.DAYS.between(anchor, today), days.count());
        };
        // Clamped month ends and clocks set back over midnight can put the guess one off.
        while (start(index, zone).isAfter(now)) {
            index--;
        }
        while (!start(index + 1, zone).isAfter(now)) {
            index++;
        }
        return index;
    }
}
