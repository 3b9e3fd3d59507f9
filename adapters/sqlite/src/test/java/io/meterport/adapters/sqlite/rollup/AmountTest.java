package io.meterport.adapters.sqlite.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AmountTest {
    @Property
    void addsExactlyWhateverTheSizes(@ForAll("numbers") List<BigDecimal> numbers) {
        Amount sum = new Amount();

        numbers.forEach(number -> sum.add(amount(number)));

        assertThat(sum.value())
                .isEqualByComparingTo(numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @Example
    void goesOnExactlyWhereManySmallOnesOutgrow64Bits() {
        BigDecimal eighteenDigits = new BigDecimal("999999999999999999");
        Amount sum = new Amount();

        for (int i = 0; i < 20; i++) {
            sum.add(amount(eighteenDigits));
        }

        assertThat(sum.value())
                .isEqualByComparingTo(eighteenDigits.multiply(BigDecimal.valueOf(20)));
    }

    @Property
    void comparesAsNumbersCompare(@ForAll("number") BigDecimal a, @ForAll("number") BigDecimal b) {
        assertThat(Integer.signum(amount(a).compareTo(amount(b)))).isEqualTo(a.compareTo(b));
    }

    @Property
    void readsWhatItWrote(@ForAll("number") BigDecimal number) {
        ByteSink sink = new ByteSink();
        amount(number).write(sink);
        ByteSource source = new ByteSource();
        source.open(sink.toBytes(), 0);

        Amount read = new Amount();
        read.read(source);

        assertThat(read.value()).isEqualByComparingTo(number);
        assertThat(source.at()).isEqualTo(sink.size());
    }

    @Provide
    Arbitrary<List<BigDecimal>> numbers() {
        return number().list().ofMaxSize(20);
    }

    /** Small ones, those at the edge of 64 bits, and as large and fine as a meter takes. */
    @Provide
    Arbitrary<BigDecimal> number() {
        Arbitrary<BigInteger> digits = Arbitraries.oneOf(
                Arbitraries.bigIntegers()
                        .between(BigInteger.valueOf(-1_000), BigInteger.valueOf(1_000)),
                Arbitraries.longs().map(BigInteger::valueOf),
                Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1)
                        .map(BigInteger::valueOf),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TEN.pow(58).negate(), BigInteger.TEN.pow(58)));
        return Combinators.combine(digits, Arbitraries.integers().between(0, 30))
                .as(BigDecimal::new);
    }

    private static Amount amount(BigDecimal number) {
        Amount amount = new Amount();
        amount.set(number);
        return amount;
    }
}
