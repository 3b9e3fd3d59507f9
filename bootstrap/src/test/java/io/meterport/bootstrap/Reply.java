package io.meterport.bootstrap;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server really answered. */
record Reply(int status, HttpHeaders headers, String body) {
    static Reply of(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    Json json() {
        return JsonReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of a member of the body, an object; empty if it has none such. */
    String text(String member) {
        return text(((Json.Obj) json()).members(), member);
    }

    /** The items of the body, an array. */
    List<Map<String, Json>> items() {
        return ((Json.Arr) json())
                .items().stream().map(item -> ((Json.Obj) item).members()).toList();
    }

    /** The rows of a usage answer. */
    List<Map<String, Json>> rows() {
        return ((Json.Arr) ((Json.Obj) json()).get("data").orElseThrow())
                .items().stream().map(item -> ((Json.Obj) item).members()).toList();
    }

    /** The values of a usage answer, in its order. */
    List<String> values() {
        return rows().stream().map(row -> text(row, "value")).toList();
    }

    static String text(Map<String, Json> members, String name) {
        return Optional.ofNullable(members.get(name))
                .map(value -> switch (value) {
                    case Json.Text(String text) -> text;
                    case Json.Num(var number) -> number.toPlainString();
                    case Json.Bool(boolean flag) -> String.valueOf(flag);
                    default -> value.toString();
                })
                .orElse("");
    }
}
