package io.meterport.bootstrap.settings;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the texts of a configuration are read; each method answers with empty for a wrong one. */
final class Parse {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern HOST_NAME =
            Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?:\\.(?!-)[A-Za-z0-9-]{1,63})*");

    private Parse() {}

    static Function<String, Optional<Integer>> number(int least, int most) {
        return text -> {
            if (!NUMBER.matcher(text).matches()) {
                return Optional.empty();
            }
            int number = Integer.parseInt(text);
            return number < least || number > most ? Optional.empty() : Optional.of(number);
        };
    }

    static Function<String, Optional<Duration>> duration(Duration least, Duration most) {
        return text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Duration duration = duration(Long.parseLong(matcher.group(1)), matcher.group(2));
            return duration.compareTo(least) < 0 || duration.compareTo(most) > 0
                    ? Optional.empty()
                    : Optional.of(duration);
        };
    }

    /** A word for each constant, as {@code word} says it. */
    static <E extends Enum<E>> Function<String, Optional<E>> oneOf(
            Class<E> type, Function<E, String> word) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> word.apply(constant).equals(text))
                .findFirst();
    }

    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Function<String, Optional<String>> matching(Predicate<String> rule) {
        return text -> Optional.of(text).filter(rule);
    }

    /** Texts between commas, each following the rule; the empty text is the empty list. */
    static Function<String, Optional<List<String>>> list(Predicate<String> rule) {
        return text -> {
            List<String> items = text.isBlank()
                    ? List.of()
                    : Stream.of(text.split(",", -1)).map(String::strip).toList();
            return items.stream().allMatch(rule) ? Optional.of(items) : Optional.empty();
        };
    }

    /** Whether it is an address or the form of a host name; nothing is looked up. */
    static boolean isHost(String text) {
        return address(text).isPresent()
                || (text.length() <= 253
                        && HOST_NAME.matcher(text).matches()
                        && !text.matches("[0-9.]+"));
    }

    /** Whether only this machine can reach it; nothing is looked up. */
    static boolean isLoopback(String host) {
        return host.equals("localhost")
                || address(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /** The address that the text spells; nothing is looked up. */
    static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notLiteral) {
            return Optional.empty();
        }
    }

    private static Duration duration(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
