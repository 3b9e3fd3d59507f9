package io.meterport.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void readsEveryKindOfValue() {
        Json read = read(" {\"a\": [1, -2.50, \"x\\u00e9\\n\", true, false, null], \"b\": {}}\r\n");

        assertThat(read)
                .isEqualTo(new Json.Obj(Map.of(
                        "a",
                        new Json.Arr(List.of(
                                Json.Num.of(1),
                                new Json.Num(new BigDecimal("-2.50")),
                                new Json.Text("xé\n"),
                                new Json.Bool(true),
                                new Json.Bool(false),
                                new Json.Nil())),
                        "b",
                        Json.Obj.EMPTY)));
    }

    @Test
    void keepsTheOrderOfMembers() {
        Json.Obj read = (Json.Obj) read("{\"z\":1,\"a\":2,\"m\":3,\"b\":4}");

        assertThat(read.members().keySet()).containsExactly("z", "a", "m", "b");
    }

    @Test
    void tellsNamesApartByCase() {
        assertThat(((Json.Obj) read("{\"id\":1,\"ID\":2}")).members()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993.1",
                "1234567890123456789012345678901234567890",
                "-0.1234567890123456789012345678901234567891",
                "1e100",
                "-9.99E+100",
                "1e-100",
                "0",
                "0.000",
                "1.00000000000000000000000000000000000000000000000000000000000000"
            })
    void readsNumbersExactly(String text) {
        assertThat(read(text)).isEqualTo(new Json.Num(new BigDecimal(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890123456789012345678901",
                "1e101",
                "1e-101",
                "10e100",
                "0.1e-100",
                "0e101",
                "1e999999999",
                "1e99999999999999999999",
                "1e100000666660",
                "1e-400"
            })
    void refusesNumbersBeyondTheLimits(String text) {
        assertThat(refusal(text))
                .isEqualTo(
                        "The body is not valid JSON: a number has more than 40 significant digits"
                                + " or an exponent beyond 100 at line 1, column 1.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "0x10",
                "1_000",
                "'a'",
                "{'a':1}",
                "{a:1}",
                "[1,]",
                "{\"a\":1,}",
                "[,1]",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\":}",
                "{1:2}",
                "/* no */ 1",
                "// no\n1",
                "# no\n1",
                "[1] // no",
                "tru",
                "True",
                "nul",
                "undefined",
                "\"\\x41\"",
                "\"\\u00g0\"",
                "\"a\tb\"",
                "\"a\nb\"",
                "\"a\u0000b\"",
                "\u00a01",
                "\ufeff{}",
                "]",
                "}",
                "[1}",
                "{\"a\":1]",
                "٣"
            })
    void refusesWhatTheRfcDoesNotKnow(String text) {
        assertThat(refusal(text))
                .matches(
                        "The body is not valid JSON: it is not well-formed at line \\d+, column \\d+\\.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{} {}", "1 2", "{}x", "[] ]", "null,", "\"a\"\"b\"", "{}\u0000", "1\u0000"})
    void refusesWhateverFollowsTheValue(String text) {
        assertThat(refusal(text))
                .matches(
                        "The body is not valid JSON: .*(not well-formed|more follows).* column \\d+\\.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{", "{\"a\"", "{\"a\":", "[1", "\"abc", "[[[", "{\"a\":{}", "-", "1e"})
    void refusesADocumentThatEndsTooEarly(String text) {
        assertThat(refusal(text)).contains("it ends too early at line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n"})
    void refusesAnEmptyDocument(String text) {
        assertThat(refusal(text)).isEqualTo("The body is not valid JSON: it is empty.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\":1,\"id\":1}", "{\"a\":{\"v\":1,\"\\u0076\":2}}", "[{\"\":1,\"\":2}]"
            })
    void refusesRepeatedNames(String text) {
        assertThat(refusal(text)).contains("a member name is repeated at line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800x\"",
                "\"\\ud800\\ud800\\udc00\""
            })
    void refusesHalfSurrogatePairs(String text) {
        assertThat(refusal(text)).contains("half of a surrogate pair stands alone at line 1");
    }

    @Test
    void refusesHalfSurrogatePairsInNames() {
        assertThat(refusal("{\"\\ud83d\":1}")).contains("is not valid JSON");
        assertThat(refusal("{\"\\ude00x\":1}")).contains("is not valid JSON");
    }

    @Test
    void readsAWholePairHoweverItIsWritten() {
        assertThat(read("\"\\ud83d\\ude00\"")).isEqualTo(read("\"😀\""));
    }

    @ParameterizedTest
    @CsvSource({
        "overlong slash, 22c0af22",
        "overlong nul, 22c08022",
        "overlong of three, 22e0808022",
        "surrogate in UTF-8, 22eda08022",
        "beyond the last code point, 22f490808022",
        "lone continuation, 228022",
        "cut in the middle, 22e282",
        "byte that never occurs, 22ff22",
        "UTF-16 with mark, fffe7b007d00",
        "UTF-16 with mark the other way, feff007b007d",
        "Latin 1, 22e922"
    })
    void refusesWhatIsNotUtf8(String what, String hex) {
        byte[] body = HexFormat.of().parseHex(hex);

        assertThat(detail(body)).as(what).isEqualTo("The body is not valid JSON: it is not UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7b007d00", "007b007d", "efbbbf7b7d", "7b0000007d000000"})
    void refusesOtherEncodingsAndByteOrderMarks(String hex) {
        assertThat(detail(HexFormat.of().parseHex(hex)))
                .contains("it is not well-formed at line 1");
    }

    @Test
    void readsUpToTheLimitsAndNotBeyond() {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Json.Arr.class);
        assertThat(refusal("[".repeat(65) + "]".repeat(65))).contains("nested too deeply");
        assertThat(refusal("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
                .contains("nested too deeply");
        assertThat(refusal("[".repeat(1_000_000))).contains("nested too deeply");
        assertThat(read("\"" + "é".repeat(65_536) + "\"")).isInstanceOf(Json.Text.class);
        assertThat(refusal("\"" + "x".repeat(65_537) + "\"")).contains("too long");
        assertThat(refusal("\"" + "x".repeat(5_000_000) + "\"")).contains("too long");
        assertThat(read("{\"" + "n".repeat(256) + "\":1}")).isInstanceOf(Json.Obj.class);
        assertThat(refusal("{\"" + "n".repeat(257) + "\":1}")).contains("too long");
        assertThat(refusal("{\"" + "n".repeat(1_000_000) + "\":1}")).contains("too long");
        assertThat(refusal("9".repeat(1_000_000))).contains("too long");
        assertThat(refusal("0." + "9".repeat(1_000))).contains("too long");
    }

    @Test
    void repeatsNothingOfTheInput() {
        assertThat(refusal("{\"secret-name\": secretvalue}")).doesNotContain("secret");
        assertThat(refusal("{\"secret\":1,\"secret\":2}")).doesNotContain("secret");
    }

    @Test
    void namesLineAndColumn() {
        assertThat(refusal("{\n  \"a\": 1,\n  \"a\": 2}"))
                .isEqualTo(
                        "The body is not valid JSON: a member name is repeated at line 3, column 3.");
    }

    @Test
    void namesWhatItReads() {
        assertThatThrownBy(() -> JsonReader.read("The parameter filter", "{"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("The parameter filter is not valid JSON: it ends too early");
    }

    @Test
    void passesAFailureOfTheSourceOn() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();

        assertThatThrownBy(() -> JsonReader.read(broken)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void readsNamesThatCollideInHashTables() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 4_096; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
            }
            text.append(i == 0 ? "" : ",").append('"').append(name).append("\":1");
        }

        assertThat(((Json.Obj) read(text.append('}').toString())).members()).hasSize(4_096);
    }

    private static Json read(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        return detail(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String detail(byte[] body) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> JsonReader.read(body));
        assertThat(refused).isNotNull();
        assertThat(refused.problem()).isInstanceOf(Problem.Invalid.class);
        assertThat(refused.problem().code()).isEqualTo("invalid-json");
        return refused.problem().detail();
    }
}
