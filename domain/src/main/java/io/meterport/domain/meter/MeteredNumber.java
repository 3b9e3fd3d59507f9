package io.meterport.domain.meter;

import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which JSON values are numbers to a meter, and how scalars look as text.
 *
 * <p>A number has magnitude below 10^28 and no digit below 10^-30, so that 10^18 of them add up in
 * 256 bits. A string that is wholly a plain decimal, with or without exponent, is a number too.
 */
public final class MeteredNumber {
    private static final int MOST_WHOLE_DIGITS = 28;
    private static final int MOST_SCALE = 30;
    private static final int MOST_CHARACTERS = 256;
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?");

    private MeteredNumber() {}

    /** The number that a meter takes from this value; empty if it is none to a meter. */
    public static Optional<BigDecimal> of(Json json) {
        return switch (json) {
            case Json.Num(BigDecimal value) -> inBounds(value);
            case Json.Text(String text) ->
                text.length() <= MOST_CHARACTERS && DECIMAL.matcher(text).matches()
                        ? inBounds(new BigDecimal(text))
                        : Optional.empty();
            case Json.Bool ignored -> Optional.empty();
            case Json.Obj ignored -> Optional.empty();
            case Json.Arr ignored -> Optional.empty();
            case Json.Nil ignored -> Optional.empty();
        };
    }

    /** The text form of a scalar; empty for JSON null, objects and arrays. */
    public static Optional<String> text(Json json) {
        return switch (json) {
            case Json.Text(String text) -> Optional.of(text);
            case Json.Num(BigDecimal value) -> Optional.of(plain(value));
            case Json.Bool(boolean value) -> Optional.of(String.valueOf(value));
            case Json.Obj ignored -> Optional.empty();
            case Json.Arr ignored -> Optional.empty();
            case Json.Nil ignored -> Optional.empty();
        };
    }

    /** Digits without exponent and without trailing zeros: 1, 1.0 and 1e0 are all {@code 1}. */
    public static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static Optional<BigDecimal> inBounds(BigDecimal number) {
        if (number.signum() == 0) {
            return Optional.of(BigDecimal.ZERO);
        }
        if (number.scale() >= 0
                && number.scale() <= MOST_SCALE
                && number.precision() - number.scale() <= MOST_WHOLE_DIGITS) {
            return Optional.of(number);
        }
        BigDecimal bare = number.stripTrailingZeros();
        boolean fits =
                bare.scale() <= MOST_SCALE && bare.precision() - bare.scale() <= MOST_WHOLE_DIGITS;
        return fits ? Optional.of(bare.scale() < 0 ? bare.setScale(0) : bare) : Optional.empty();
    }
}
