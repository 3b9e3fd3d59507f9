package io.meterport.domain.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeteredNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "100, 100",
        "+7, 7",
        "-3, -3",
        "0.45, 0.45",
        ".5, 0.5",
        "5., 5",
        "1e3, 1000",
        "1E-3, 0.001",
        "007, 7",
        "9007199254740993.1, 9007199254740993.1",
        "9999999999999999999999999999, 9999999999999999999999999999",
        "-9999999999999999999999999999.999999999999999999999999999999,"
                + " -9999999999999999999999999999.999999999999999999999999999999",
        "0.000000000000000000000000000001, 0.000000000000000000000000000001",
        "1e27, 1000000000000000000000000000",
        "1e-30, 0.000000000000000000000000000001",
        "0e999, 0",
        "1.0000000000000000000000000000000000000000, 1",
        "10e-31, 0.000000000000000000000000000001"
    })
    void takesStringsThatAreWhollyADecimal(String text, String number) {
        Optional<BigDecimal> taken = MeteredNumber.of(new Json.Text(text));

        assertThat(taken).isPresent();
        assertThat(taken.get()).isEqualByComparingTo(number);
        assertThat(taken.get().scale()).isBetween(0, 30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 1",
                "1 ",
                "1\n",
                "NaN",
                "Inf",
                "+Inf",
                "-Inf",
                "Infinity",
                "0x10",
                "1_000",
                "1,5",
                "1e",
                "e5",
                ".",
                "+",
                "--1",
                "1e1.5",
                "٣",
                "１",
                "1f",
                "1d",
                "10000000000000000000000000000",
                "1e28",
                "1e-31",
                "0.0000000000000000000000000000001",
                "1e999999999",
                "1e1000"
            })
    void takesNoOtherString(String text) {
        assertThat(MeteredNumber.of(new Json.Text(text))).isEmpty();
    }

    @Test
    void takesNoEndlessString() {
        assertThat(MeteredNumber.of(new Json.Text("0".repeat(256)))).isPresent();
        assertThat(MeteredNumber.of(new Json.Text("0".repeat(257)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e28", "-1e28", "1e100", "1e-31", "12345678901234567890123456789"})
    void takesNoNumberOutOfBounds(String number) {
        assertThat(MeteredNumber.of(new Json.Num(new BigDecimal(number)))).isEmpty();
    }

    @Test
    void takesNothingElse() {
        for (Json json : List.of(
                new Json.Bool(true),
                new Json.Nil(),
                Json.Obj.EMPTY,
                new Json.Arr(List.of(Json.Num.of(1))))) {
            assertThat(MeteredNumber.of(json)).isEmpty();
        }
    }

    @Test
    void writesScalarsAsText() {
        assertThat(MeteredNumber.text(new Json.Text(" As it is "))).contains(" As it is ");
        assertThat(MeteredNumber.text(new Json.Text("null"))).contains("null");
        assertThat(MeteredNumber.text(new Json.Bool(true))).contains("true");
        assertThat(MeteredNumber.text(new Json.Nil())).isEmpty();
        assertThat(MeteredNumber.text(new Json.Obj(Map.of("a", new Json.Nil()))))
                .isEmpty();
        assertThat(MeteredNumber.text(new Json.Arr(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1e0, 1",
        "1e3, 1000",
        "-0.0, 0",
        "0.10, 0.1",
        "1e-3, 0.001",
        "100, 100"
    })
    void writesOneNumberInOneWay(String number, String text) {
        assertThat(MeteredNumber.text(new Json.Num(new BigDecimal(number)))).contains(text);
        assertThat(MeteredNumber.plain(new BigDecimal(number))).isEqualTo(text);
    }
}
