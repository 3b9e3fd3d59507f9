package io.meterport.adapters.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as text (RFC 3339). Read strictly: capital T and Z, seconds and an offset; kept to the
 * microsecond. Printed to the microsecond, with a fraction only where there is one. Stateless and thread-safe.
 */
final class Rfc3339 {
    private static final Pattern TIME =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
                    + "(?:\\.([0-9]{1,64}))?(Z|([+-])([0-9]{2}):([0-9]{2}))");
    private static final int LONGEST = 100;
    private static final int NANO_DIGITS = 9;

    private Rfc3339() {}

    /** The time that the text is; empty if it is none. */
    static Optional<OffsetDateTime> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.of(
                    number(time, 1),
                    number(time, 2),
                    number(time, 3),
                    number(time, 4),
                    number(time, 5),
                    number(time, 6),
                    nanos(time.group(7)),
                    offset(time)));
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

    private static int number(Matcher time, int group) {
        return Integer.parseInt(time.group(group));
    }

    private static int nanos(String fraction) {
        if (fraction == null) {
            return 0;
        }
        String micros = (fraction + "000000").substring(0, 6);
        return Integer.parseInt(micros) * 1_000;
    }

    private static ZoneOffset offset(Matcher time) {
        if (time.group(8).equals("Z")) {
            return ZoneOffset.UTC;
        }
        int minutes = number(time, 11);
        int seconds = 60 * (60 * number(time, 10) + minutes);
        if (minutes > 59) {
            throw new DateTimeException("no such offset");
        }
        return ZoneOffset.ofTotalSeconds(time.group(9).equals("-") ? -seconds : seconds);
    }
}
