package io.meterport.bootstrap.logs;

import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The message of a record: its text with the values put in, each of them cut to a length. */
final class Message {
    /** The longest value, in characters. */
    static final int MOST_VALUE = 256;
    /** The longest message without its values, in characters. */
    static final int MOST_TEXT = 4_096;

    private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,2})}");

    private Message() {}

    static String of(LogRecord record) {
        String text = record.getMessage() == null ? "" : record.getMessage();
        Object[] values = record.getParameters();
        if (values == null || values.length == 0) {
            return Plain.text(cut(text, MOST_TEXT));
        }
        Matcher places = PLACE.matcher(cut(text, MOST_TEXT));
        return Plain.text(places.replaceAll(place -> {
            int number = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(
                    number < values.length ? value(values[number]) : place.group());
        }));
    }

    static String value(Object value) {
        return cut(String.valueOf(value), MOST_VALUE);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
