package io.meterport.domain.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.json.Json;
import io.meterport.domain.meter.PropertyPath.Step;
import io.meterport.domain.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyPathTest {
    @Test
    void isTakenApartIntoSteps() {
        assertThat(PropertyPath.of("$.a['b c'][\"d\"].list[0][12]").steps())
                .containsExactly(
                        new Step.Member("a"),
                        new Step.Member("b c"),
                        new Step.Member("d"),
                        new Step.Member("list"),
                        new Step.Item(0),
                        new Step.Item(12));
    }

    @Test
    void readsEscapesInQuotes() {
        assertThat(PropertyPath.of("$['it\\'s \\\\ \"so\"']").steps())
                .containsExactly(new Step.Member("it's \\ \"so\""));
        assertThat(PropertyPath.of("$['$.a[0]']").steps())
                .containsExactly(new Step.Member("$.a[0]"));
    }

    @Test
    void keepsTheTextAsItWasWritten() {
        PropertyPath path = PropertyPath.of("$['a']");

        assertThat(path).hasToString("$['a']");
        assertThat(path.steps()).isEqualTo(PropertyPath.of("$.a").steps());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "a",
                ".a",
                "$a",
                "$.",
                "$..a",
                "$.*",
                "$[*]",
                "$[]",
                "$[-1]",
                "$[01]",
                "$[1234567]",
                "$[0",
                "$['a]",
                "$['a'",
                "$['']",
                "$['a\\n']",
                "$['a\u0000']",
                "$[?(@.a)]",
                "$[0:2]",
                "$['a','b']",
                "$.a b",
                "$ .a",
                "$.a ",
                "$.a;drop table event",
                "$.a'",
                "$[0]a",
                "@.a"
            })
    void refusesWhatAddressesMoreThanOnePlace(String text) {
        assertThatThrownBy(() -> PropertyPath.of(text))
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-path: a property path begins with $ and goes on with .name,"
                        + " ['name'] or [0]");
    }

    @Test
    void hasAtMost32StepsAnd1024Characters() {
        assertThat(PropertyPath.of("$" + ".a".repeat(32)).steps()).hasSize(32);
        assertThatThrownBy(() -> PropertyPath.of("$" + ".a".repeat(33)))
                .isInstanceOf(ProblemException.class);
        assertThat(PropertyPath.of("$." + "a".repeat(1_022)).text()).hasSize(1_024);
        assertThatThrownBy(() -> PropertyPath.of("$." + "a".repeat(1_023)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> PropertyPath.of("$" + "[".repeat(100_000)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void findsWhatStandsThere() {
        Json.Obj data = new Json.Obj(Map.of(
                "a",
                        new Json.Obj(
                                Map.of("b", new Json.Arr(List.of(Json.Num.of(1), Json.Num.of(2))))),
                "nothing", new Json.Nil()));

        assertThat(PropertyPath.of("$.a.b[1]").find(data)).contains(Json.Num.of(2));
        assertThat(PropertyPath.of("$.nothing").find(data)).contains(new Json.Nil());
        assertThat(PropertyPath.of("$.a").find(data)).containsInstanceOf(Json.Obj.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$.none", "$.a.b[2]", "$.a.b.c", "$.a[0]", "$.nothing.x", "$.A", "$['a.b']"})
    void findsNothingWhereNothingIs(String path) {
        Json.Obj data = new Json.Obj(Map.of(
                "a",
                        new Json.Obj(
                                Map.of("b", new Json.Arr(List.of(Json.Num.of(1), Json.Num.of(2))))),
                "nothing", new Json.Nil()));

        assertThat(PropertyPath.of(path).find(data)).isEmpty();
    }

    @Property(tries = 500)
    void findsWhateverWasPutThere(@ForAll("names") List<String> names) {
        Json data = Json.Num.of(7);
        StringBuilder path = new StringBuilder("$");
        for (String name : names.reversed()) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put(name + "x", new Json.Nil());
            members.put(name, data);
            data = new Json.Obj(members);
        }
        for (String name : names) {
            path.append("['")
                    .append(name.replace("\\", "\\\\").replace("'", "\\'"))
                    .append("']");
        }

        assertThat(PropertyPath.of(path.toString()).find((Json.Obj) data)).contains(Json.Num.of(7));
    }

    @Property(tries = 1_000)
    void takesOrRefusesAnythingWithoutFailing(@ForAll("nearlyPaths") String text) {
        try {
            assertThat(PropertyPath.of(text).steps()).isNotEmpty();
        } catch (ProblemException refused) {
            assertThat(refused.problem().code()).isEqualTo("invalid-path");
        }
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.strings()
                .withChars('a', 'Z', '.', '[', ']', '\'', '"', '\\', '$', ' ', 'é', '٣')
                .ofMinLength(1)
                .ofMaxLength(5)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> nearlyPaths() {
        return Arbitraries.of(
                        "$", ".", "a", "[", "]", "'", "\"", "\\", "0", "12", " ", "😀", "\n", "*")
                .list()
                .ofMaxSize(10)
                .map(parts -> "$" + String.join("", parts));
    }
}
