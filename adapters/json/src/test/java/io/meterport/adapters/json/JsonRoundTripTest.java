package io.meterport.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonRoundTripTest {
    @Property(tries = 500)
    void whatIsPrintedReadsAsTheSameValue(@ForAll("values") Json value) {
        assertThat(JsonReader.read(JsonPrinter.bytes(value))).isEqualTo(value);
        assertThat(JsonReader.read(JsonPrinter.answer(value))).isEqualTo(value);
        assertThat(JsonReader.read("It", JsonPrinter.text(value))).isEqualTo(value);
    }

    @Provide
    Arbitrary<Json> values() {
        return value(4);
    }

    private static Arbitrary<Json> value(int depth) {
        Arbitrary<Json> scalar = Arbitraries.oneOf(
                texts().map(Json.Text::new),
                numbers().map(Json.Num::new),
                Arbitraries.of(true, false).map(Json.Bool::new),
                Arbitraries.just(new Json.Nil()));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Json> deeper = Arbitraries.lazy(() -> value(depth - 1));
        return Arbitraries.oneOf(
                scalar,
                deeper.list().ofMaxSize(4).map(Json.Arr::new),
                Arbitraries.maps(texts(), deeper).ofMaxSize(4).map(Json.Obj::new));
    }

    private static Arbitrary<String> texts() {
        Arbitrary<Integer> points = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7f),
                Arbitraries.of(
                        0x2028, 0x2029, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000,
                        0x10ffff),
                Arbitraries.integers().between(0xa0, 0xd7ff),
                Arbitraries.integers().between(0x10000, 0x10ffff));
        return points.list()
                .ofMaxSize(8)
                .map(list -> list.stream()
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString());
    }

    /** Numbers within the limits, in the one form in which they are read back. */
    private static Arbitrary<BigDecimal> numbers() {
        Arbitrary<BigInteger> digits = Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40));
        return Combinators.combine(digits, Arbitraries.integers().between(-60, 100))
                .as(BigDecimal::new)
                .filter(number -> Math.abs(number.precision() - number.scale() - 1) <= 100)
                .map(BigDecimal::stripTrailingZeros)
                .filter(number -> number.precision() <= 40)
                .map(number -> number.scale() < 0 ? number.setScale(0) : number);
    }
}
