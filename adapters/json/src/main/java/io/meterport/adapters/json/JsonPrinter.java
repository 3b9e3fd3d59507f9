package io.meterport.adapters.json;

import io.meterport.domain.json.Json;

/** Prints whole JSON values, on one line. Stateless and thread-safe. */
public final class JsonPrinter {
    private JsonPrinter() {}

    /** As text to be stored; {@link JsonReader} reads an equal value from it. */
    public static String text(Json json) {
        return JsonWriter.plain().value(json).toText();
    }

    /** As bytes to be stored. */
    public static byte[] bytes(Json json) {
        return JsonWriter.plain().value(json).toBytes();
    }

    /** As the body of an answer, safe for browsers and ended by a line feed. */
    public static byte[] answer(Json json) {
        return JsonWriter.webSafe().value(json).newLine().toBytes();
    }
}
