package io.meterport.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.json.Json;
import io.meterport.domain.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class JsonItemsTest {
    @Test
    void givesTheItemsOfAnArrayOneByOne() {
        try (JsonItems items = items(" [1, {\"a\":[2]}, [3]] \n")) {
            assertThat(items.isArray()).isTrue();
            assertThat(items.index()).isEqualTo(-1);
            assertThat(items.next()).isEqualTo(Json.Num.of(1));
            assertThat(items.index()).isZero();
            assertThat(items.next()).isInstanceOf(Json.Obj.class);
            assertThat(items.next()).isEqualTo(new Json.Arr(List.of(Json.Num.of(3))));
            assertThat(items.index()).isEqualTo(2);
            assertThat(items.hasNext()).isFalse();
            assertThatThrownBy(items::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void takesADocumentThatIsNoArrayAsOneItem() {
        try (JsonItems items = items("{\"a\":[1]}")) {
            assertThat(items.isArray()).isFalse();
            assertThat(items.next()).isInstanceOf(Json.Obj.class);
            assertThat(items.index()).isZero();
            assertThat(items.hasNext()).isFalse();
        }
    }

    @Test
    void hasNoItemsInAnEmptyArray() {
        try (JsonItems items = items("[]")) {
            assertThat(items.isArray()).isTrue();
            assertThat(items.hasNext()).isFalse();
            assertThat(items.hasNext()).isFalse();
        }
    }

    @Test
    void givesItemsBeforeTheFaultAndThenRefuses() {
        try (JsonItems items = items("[1, 2, 3x]")) {
            assertThat(items.next()).isEqualTo(Json.Num.of(1));
            assertThat(items.next()).isEqualTo(Json.Num.of(2));
            assertThatThrownBy(() -> {
                        items.next();
                        items.hasNext();
                    })
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("it is not well-formed at line 1, column 9");
        }
    }

    @Test
    void refusesWhatFollowsTheArray() {
        for (String text : List.of("[1] 2", "[1]]", "[1],", "{} {}", "[1] x")) {
            assertThatThrownBy(() -> all(text)).as(text).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void refusesAnArrayThatEndsTooEarly() {
        for (String text : List.of("[", "[1", "[1,", "[{\"a\":1}", "[1,]", "")) {
            assertThatThrownBy(() -> all(text)).as(text).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void countsTheArrayItselfAsOneLevel() {
        assertThat(all("[" + "[".repeat(63) + "]".repeat(63) + "]")).hasSize(1);
        assertThatThrownBy(() -> all("[" + "[".repeat(64) + "]".repeat(64) + "]"))
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void readsNoFurtherThanItIsAsked() throws IOException {
        InputStream failing = InputStream.nullInputStream();
        failing.close();
        byte[] start = ("[1, " + "2,".repeat(20_000)).getBytes(StandardCharsets.UTF_8);

        JsonItems items =
                JsonItems.of(new SequenceInputStream(new ByteArrayInputStream(start), failing));

        assertThat(items.next()).isEqualTo(Json.Num.of(1));
        items.close();
    }

    private static JsonItems items(String text) {
        return JsonItems.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Json> all(String text) {
        try (JsonItems items = items(text)) {
            List<Json> all = new ArrayList<>();
            items.forEachRemaining(all::add);
            return all;
        }
    }
}
