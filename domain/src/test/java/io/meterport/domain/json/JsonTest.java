package io.meterport.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void anObjectKeepsTheOrderOfItsMembersAndCannotBeChanged() {
        Map<String, Json> members = new LinkedHashMap<>();
        List.of("z", "a", "m").forEach(name -> members.put(name, Json.Num.of(1)));
        Json.Obj object = new Json.Obj(members);

        members.put("late", new Json.Nil());

        assertThat(object.members().keySet()).containsExactly("z", "a", "m");
        assertThatThrownBy(() -> object.members().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anArrayCannotBeChanged() {
        List<Json> items = new ArrayList<>(List.of(new Json.Bool(true)));
        Json.Arr array = new Json.Arr(items);

        items.clear();

        assertThat(array.items()).containsExactly(new Json.Bool(true));
    }

    @Test
    void tellsAnAbsentMemberFromNull() {
        Json.Obj object = new Json.Obj(Map.of("nothing", new Json.Nil()));

        assertThat(object.get("nothing")).contains(new Json.Nil());
        assertThat(object.get("absent")).isEmpty();
    }

    @Test
    void holdsNoNulls() {
        assertThatThrownBy(() -> new Json.Text(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new Json.Num(null)).isInstanceOf(NullPointerException.class);
    }
}
