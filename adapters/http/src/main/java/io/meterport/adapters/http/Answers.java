package io.meterport.adapters.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.json.JsonWriter;
import java.util.List;
import java.util.function.BiConsumer;

/** Answers of JSON. */
final class Answers {
    /** No charset: clients of 2024 know this type only as it stands here. */
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private Answers() {}

    /** 200 with bytes of JSON. */
    static Answer json(byte[] body) {
        return Answer.of(JSON, body);
    }

    /** 200 with one value, as {@code printing} writes it. */
    static <T> Answer one(T value, BiConsumer<T, JsonWriter> printing) {
        JsonWriter json = JsonWriter.webSafe();
        printing.accept(value, json);
        return json(json.newLine().toBytes());
    }

    /** 200 with an array of values, each as {@code printing} writes it. */
    static <T> Answer array(List<T> values, BiConsumer<T, JsonWriter> printing) {
        JsonWriter json = JsonWriter.webSafe().beginArray();
        values.forEach(value -> printing.accept(value, json));
        return json(json.endArray().newLine().toBytes());
    }
}
