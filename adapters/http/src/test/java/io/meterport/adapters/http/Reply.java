package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One answer as it came over the wire, taken apart. */
record Reply(int status, List<String> headerLines, String body) {
    /** Takes apart a whole answer whose bytes were read as Latin-1. */
    static Reply of(String received) {
        int end = received.indexOf("\r\n\r\n");
        List<String> lines = received.substring(0, end).lines().toList();
        String rest = received.substring(end + 4);
        boolean chunked = lines.stream()
                .anyMatch(
                        line -> line.toLowerCase(Locale.ROOT).equals("transfer-encoding: chunked"));
        String body = new String(
                (chunked && !rest.isEmpty() ? dechunked(rest) : rest)
                        .getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
        return new Reply(
                Integer.parseInt(lines.getFirst().substring(9, 12)),
                lines.subList(1, lines.size()),
                body);
    }

    private static String dechunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true) {
            int line = body.indexOf("\r\n", at);
            if (line < 0) {
                throw new AssertionError("the body has no last chunk");
            }
            int size = Integer.parseInt(body.substring(at, line), 16);
            if (size == 0) {
                return whole.toString();
            }
            whole.append(body, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }

    /** The one value of that header; empty if it is not there. */
    Optional<String> header(String name) {
        List<String> values = headers(name);
        if (values.size() > 1) {
            throw new AssertionError("there are two headers " + name);
        }
        return values.stream().findFirst();
    }

    List<String> headers(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headerLines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }

    /** The body as JSON. */
    Json json() {
        return JsonReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The member of that name of a body that is an object; fails if it is not there. */
    Json member(String name) {
        return ((Json.Obj) json())
                .get(name)
                .orElseThrow(() -> new AssertionError(name + " is missing in " + body));
    }

    String text(String name) {
        return ((Json.Text) member(name)).value();
    }

    /** What stands at that JSON pointer; fails if nothing does. */
    Json at(String pointer) {
        Json found = json();
        for (String step : pointer.substring(1).split("/", -1)) {
            found = switch (found) {
                case Json.Obj object -> object.get(step).orElseThrow(() -> nothingAt(pointer));
                case Json.Arr array -> array.items().get(Integer.parseInt(step));
                case Json.Text _, Json.Num _, Json.Bool _, Json.Nil _ -> throw nothingAt(pointer);
            };
        }
        return found;
    }

    /** The string at that JSON pointer. */
    String textAt(String pointer) {
        return ((Json.Text) at(pointer)).value();
    }

    /** How many items the array at that JSON pointer has. */
    int countAt(String pointer) {
        return ((Json.Arr) at(pointer)).items().size();
    }

    /** Whether there is something at that JSON pointer's last step. */
    boolean hasAt(String pointer) {
        int last = pointer.lastIndexOf('/');
        Json parent = last == 0 ? json() : at(pointer.substring(0, last));
        return ((Json.Obj) parent).get(pointer.substring(last + 1)).isPresent();
    }

    private AssertionError nothingAt(String pointer) {
        return new AssertionError("nothing at " + pointer + " in " + body);
    }

    /** The items of a body that is an array. */
    List<Json> items() {
        return ((Json.Arr) json()).items();
    }

    /** The problem's code; fails if this is no problem. */
    String code() {
        if (!header("Content-Type").equals(Optional.of("application/problem+json"))) {
            throw new AssertionError("no problem: " + this);
        }
        return text("code");
    }

    /** The place of the first fault of a problem. */
    String field() {
        Json.Obj extensions = (Json.Obj) member("extensions");
        Json.Arr faults = (Json.Arr) extensions.get("validationErrors").orElseThrow();
        return ((Json.Text) ((Json.Obj) faults.items().getFirst()).get("field").orElseThrow())
                .value();
    }
}
