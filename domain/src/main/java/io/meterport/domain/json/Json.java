package io.meterport.domain.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A JSON value (RFC 8259). Immutable and null-free; objects keep the order of their members, and
 * numbers are exact.
 */
public sealed interface Json {
    /** An object; member names are unique and keep their order. */
    record Obj(Map<String, Json> members) implements Json {
        /** The object without members. */
        public static final Obj EMPTY = new Obj(Map.of());

        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name, if there is one; a JSON null is present, as {@link Nil}. */
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record Text(String value) implements Json {
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /** A number, exactly as written, up to trailing zeros and the form of its exponent. */
    record Num(BigDecimal value) implements Json {
        public Num {
            Objects.requireNonNull(value, "value");
        }

        public static Num of(long value) {
            return new Num(BigDecimal.valueOf(value));
        }
    }

    /** true or false. */
    record Bool(boolean value) implements Json {}

    /** null. */
    record Nil() implements Json {}
}
