package io.meterport.domain.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * How time is cut, by the clock of a zone. Windows of one size and zone tile all time without gap
 * or overlap.
 *
 * <p>Minutes and hours are those of the clock at one offset: where the offset changes inside one,
 * it ends and the next begins. Days and months run from the first instant of their local date to
 * that of the next date that exists.
 */
public enum WindowSize {
    MINUTE,
    HOUR,
    DAY,
    MONTH;

    private static final long MINUTE_SECONDS = Duration.ofMinutes(1).toSeconds();
    private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();

    /** The window that {@code moment} lies in. */
    public Window at(Instant moment, ZoneId zone) {
        return switch (this) {
            case MINUTE -> clockWindow(moment, zone, MINUTE_SECONDS);
            case HOUR -> clockWindow(moment, zone, HOUR_SECONDS);
            case DAY -> dateWindow(moment, zone, LocalDate.ofInstant(moment, zone));
            case MONTH ->
                dateWindow(moment, zone, LocalDate.ofInstant(moment, zone).withDayOfMonth(1));
        };
    }

    /**
     * The windows that have a moment in common with {@code range}, in order and whole, but no more
     * than {@code most} of them.
     */
    public List<Window> split(Window range, ZoneId zone, int most) {
        List<Window> windows = new ArrayList<>();
        Instant next = range.start();
        while (next.isBefore(range.end()) && windows.size() < most) {
            Window window = at(next, zone);
            windows.add(window);
            next = window.end();
        }
        return windows;
    }

    /** Whether {@code range} surely has more than {@code most} windows; quick, and may say no. */
    boolean surelyMoreThan(int most, Window range) {
        return Duration.between(range.start(), range.end()).dividedBy(most).compareTo(longest())
                > 0;
    }

    /** No window is longer than this. */
    private Duration longest() {
        return switch (this) {
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(3);
            case MONTH -> Duration.ofDays(33);
        };
    }

    private static Window clockWindow(Instant moment, ZoneId zone, long seconds) {
        ZoneRules rules = zone.getRules();
        ZoneOffset offset = rules.getOffset(moment);
        long local = moment.getEpochSecond() + offset.getTotalSeconds();
        Instant start =
                moment.truncatedTo(ChronoUnit.SECONDS).minusSeconds(Math.floorMod(local, seconds));
        Instant end = start.plusSeconds(seconds);
        if (rules.isFixedOffset()) {
            return new Window(start, end);
        }
        ZoneOffsetTransition before = rules.previousTransition(moment.plusNanos(1));
        ZoneOffsetTransition after = rules.nextTransition(moment);
        return new Window(
                before != null && before.getInstant().isAfter(start) ? before.getInstant() : start,
                after != null && after.getInstant().isBefore(end) ? after.getInstant() : end);
    }

    /** A date may come twice where clocks go back over midnight; its first coming ends the last. */
    private Window dateWindow(Instant moment, ZoneId zone, LocalDate first) {
        LocalDate date = first;
        while (true) {
            LocalDate next = this == DAY ? date.plusDays(1) : date.plusMonths(1);
            Window window = new Window(
                    date.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
            if (window.contains(moment)) {
                return window;
            }
            date = next;
        }
    }
}
