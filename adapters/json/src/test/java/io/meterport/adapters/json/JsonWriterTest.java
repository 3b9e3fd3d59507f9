package io.meterport.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {
    @Test
    void setsCommasByItself() {
        JsonWriter writer = JsonWriter.plain()
                .beginObject()
                .name("a")
                .value(1)
                .name("b")
                .beginArray()
                .value("x")
                .value(true)
                .nothing()
                .beginObject()
                .endObject()
                .endArray()
                .name("c")
                .beginObject()
                .name("d")
                .value(new BigDecimal("1.50"))
                .endObject()
                .endObject();

        assertThat(writer.toText())
                .isEqualTo("{\"a\":1,\"b\":[\"x\",true,null,{}],\"c\":{\"d\":1.5}}");
    }

    @Test
    void keepsTheOrderOfMembers() {
        Map<String, Json> members = new LinkedHashMap<>();
        for (String name : List.of("z", "a", "m", "b")) {
            members.put(name, Json.Num.of(1));
        }

        assertThat(JsonPrinter.text(new Json.Obj(members)))
                .isEqualTo("{\"z\":1,\"a\":1,\"m\":1,\"b\":1}");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1e0, 1",
        "-0.0, 0",
        "0e10, 0",
        "100, 100",
        "1e2, 100",
        "1.2300, 1.23",
        "1e-10, 0.0000000001",
        "-9007199254740993.1, -9007199254740993.1",
        "9223372036854775808, 9223372036854775808",
        "999999999999999999, 999999999999999999",
        "-999999999999999999, -999999999999999999"
    })
    void writesPlainDecimals(String number, String text) {
        assertThat(JsonPrinter.text(new Json.Num(new BigDecimal(number)))).isEqualTo(text);
    }

    @Test
    void escapesWhatMustBeEscaped() {
        Json text = new Json.Text("\"\\\n\r\t\b\f\u0000\u001f\u007fé€😀/");

        assertThat(JsonPrinter.text(text))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001f\u007fé€😀/\"");
    }

    @Test
    void makesAnswersSafeForBrowsers() {
        Json text = new Json.Obj(Map.of("<a>", new Json.Text("</script>&\u2028\u2029")));

        assertThat(new String(JsonPrinter.answer(text), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"\\u003ca\\u003e\":\"\\u003c/script\\u003e\\u0026\\u2028\\u2029\"}\n");
        assertThat(JsonPrinter.text(text)).isEqualTo("{\"<a>\":\"</script>&\u2028\u2029\"}");
    }

    @Test
    void refusesHalfSurrogatePairs() {
        for (String half : List.of("\ud800", "\udc00", "\ud800x", "\udc00\ud800")) {
            assertThatThrownBy(() -> JsonWriter.plain().value(half))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesToGiveHalfADocument() {
        JsonWriter writer = JsonWriter.plain().beginArray();

        assertThatThrownBy(writer::toBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void drainsInPartsWithoutLosingItsPlace() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter writer = JsonWriter.plain().beginArray();
        for (int i = 0; i < 3; i++) {
            writer.value(i).drainTo(out);
        }
        writer.endArray().drainTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[0,1,2]");
    }

    @Test
    void growsWithWhatIsWritten() {
        String text = "é".repeat(50_000);

        byte[] bytes = JsonWriter.plain().value(text).toBytes();

        assertThat(bytes).isEqualTo(("\"" + text + "\"").getBytes(StandardCharsets.UTF_8));
    }
}
