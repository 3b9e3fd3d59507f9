package io.meterport.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.bootstrap.client.EventTexts.EventText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTextsTest {
    @Test
    void cutsLinesOfJsonAndKeepsTheirBytes() throws IOException {
        List<String> cut = cut("{\"a\":1.00}\n\r\n {\"b\": \"}{\\\"\\\\\"}\n{\"c\":[{}]}");

        assertThat(cut)
                .containsExactly(
                        "1@1 {\"a\":1.00}", "2@3 {\"b\": \"}{\\\"\\\\\"}", "3@4 {\"c\":[{}]}");
    }

    @Test
    void cutsTheItemsOfAnArray() throws IOException {
        List<String> cut = cut(" [\n{\"a\":[1,{\"x\":2}]} ,\n{\n\"é\":\"]\"}]\n");

        assertThat(cut).containsExactly("1@2 {\"a\":[1,{\"x\":2}]}", "2@3 {\n\"é\":\"]\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "[]", " [ ] \n"})
    void findsNoEventWhereThereIsNone(String input) throws IOException {
        assertThat(cut(input)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{}            | Line 1, after 1 events: a comma or the end of the array was expected.",
                "[              | Line 1, after 0 events: the array is not closed.",
                "[{},]          | Line 1, after 1 events: an event, a JSON object, was expected.",
                "[{} {}]        | Line 1, after 1 events: a comma or the end of the array was expected.",
                "[,{}]          | Line 1, after 0 events: an event, a JSON object, was expected.",
                "[{}] {}        | Line 1, after 1 events: nothing may follow the array.",
                "{} , {}        | Line 1, after 1 events: an event, a JSON object, was expected.",
                "id,source      | Line 1, after 0 events: an event, a JSON object, was expected.",
                "{'a': {}       | Line 1, after 0 events: the input ends within an event.",
            })
    void refusesWhatIsNeitherAndSaysWhere(String input, String message) {
        assertThatThrownBy(() -> cut(input)).isInstanceOf(CommandFailure.class).hasMessage(message);
    }

    private static List<String> cut(String input) throws IOException {
        EventTexts events =
                new EventTexts(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        List<String> cut = new ArrayList<>();
        for (Optional<EventText> next = events.next(); next.isPresent(); next = events.next()) {
            EventText event = next.get();
            cut.add(event.number() + "@" + event.line() + " "
                    + new String(event.bytes(), StandardCharsets.UTF_8));
        }
        return cut;
    }
}
