package io.meterport.adapters.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Optional;

/**
 * Times as text (RFC 3339). Read strictly: capital T and Z, seconds and an offset; kept to the
 * microsecond. Printed to the microsecond, with a fraction only where there is one. Stateless and thread-safe.
 */
final class Rfc3339 {
    private static final int LONGEST = 100;
    private static final int MOST_FRACTION = 64;
    private static final int NANO_DIGITS = 9;
    /** The shape of what comes before the fraction, a digit where there is a nought. */
    private static final String SHAPE = "0000-00-00T00:00:00";

    private Rfc3339() {}

    /** The time that the text is; empty if it is none. Each event has one, hence no pattern. */
    static Optional<OffsetDateTime> parse(String text) {
        if (text.length() > LONGEST || !hasShape(text, 0, SHAPE)) {
            return Optional.empty();
        }
        int end = endOfFraction(text, SHAPE.length());
        Optional<ZoneOffset> offset = offset(text, end);
        try {
            return offset.map(zone -> OffsetDateTime.of(
                    100 * two(text, 0) + two(text, 2),
                    two(text, 5),
                    two(text, 8),
                    two(text, 11),
                    two(text, 14),
                    two(text, 17),
                    nanos(text, SHAPE.length() + 1, end),
                    zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** In UTC. */
    static String utc(Instant instant) {
        return text(instant, ZoneOffset.UTC);
    }

    /** By the clock of that zone. */
    static String text(Instant instant, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        return text(
                LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), offset),
                offset);
    }

    /** With the offset it has. */
    static String text(OffsetDateTime time) {
        return text(time.toLocalDateTime(), time.getOffset());
    }

    private static String text(LocalDateTime time, ZoneOffset offset) {
        StringBuilder text = new StringBuilder(36);
        year(text, time.getYear());
        two(text.append('-'), time.getMonthValue());
        two(text.append('-'), time.getDayOfMonth());
        two(text.append('T'), time.getHour());
        two(text.append(':'), time.getMinute());
        seconds(text.append(':'), time);
        return offset(text, offset.getTotalSeconds()).toString();
    }

    private static void year(StringBuilder text, int year) {
        if (year < 0 || year > 9999) {
            text.append(year);
        } else {
            two(text, year / 100);
            two(text, year % 100);
        }
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void seconds(StringBuilder text, LocalDateTime time) {
        two(text, time.getSecond());
        int nanos = time.get(ChronoField.MICRO_OF_SECOND) * 1_000;
        if (nanos != 0) {
            fraction(text.append('.'), nanos);
        }
    }

    private static void fraction(StringBuilder text, int nanos) {
        int digits = NANO_DIGITS;
        int rest = nanos;
        while (rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        String shown = Integer.toString(rest);
        text.repeat('0', digits - shown.length()).append(shown);
    }

    /** Offsets of long ago have seconds, which the format has no place for: they are cut off. */
    private static StringBuilder offset(StringBuilder text, int seconds) {
        if (seconds == 0) {
            return text.append('Z');
        }
        int minutes = Math.abs(seconds) / 60;
        two(text.append(seconds < 0 ? '-' : '+'), minutes / 60);
        two(text.append(':'), minutes % 60);
        return text;
    }

    private static boolean hasShape(String text, int at, String shape) {
        if (text.length() < at + shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char wanted = shape.charAt(i);
            char c = text.charAt(at + i);
            if (wanted == '0' ? !isDigit(c) : c != wanted) {
                return false;
            }
        }
        return true;
    }

    /** Where the fraction that begins there ends; that place itself if none does. */
    private static int endOfFraction(String text, int at) {
        if (at >= text.length() || text.charAt(at) != '.') {
            return at;
        }
        int end = at + 1;
        while (end < text.length() && end - at <= MOST_FRACTION && isDigit(text.charAt(end))) {
            end++;
        }
        return end == at + 1 ? at : end;
    }

    private static int nanos(String text, int from, int to) {
        int nanos = 0;
        int worth = 100_000_000;
        for (int i = from; i < to && worth >= 1_000; i++) {
            nanos += worth * (text.charAt(i) - '0');
            worth /= 10;
        }
        return nanos;
    }

    /** The offset that is all the rest of the text; empty if that is none. */
    private static Optional<ZoneOffset> offset(String text, int at) {
        if (text.length() == at + 1 && text.charAt(at) == 'Z') {
            return Optional.of(ZoneOffset.UTC);
        }
        boolean isEast = hasShape(text, at, "+00:00");
        if (text.length() != at + 6 || !(isEast || hasShape(text, at, "-00:00"))) {
            return Optional.empty();
        }
        int hours = two(text, at + 1);
        int minutes = two(text, at + 4);
        int seconds = 60 * (60 * hours + minutes);
        return minutes < 60 && seconds <= ZoneOffset.MAX.getTotalSeconds()
                ? Optional.of(ZoneOffset.ofTotalSeconds(isEast ? seconds : -seconds))
                : Optional.empty();
    }

    private static int two(String text, int at) {
        return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
