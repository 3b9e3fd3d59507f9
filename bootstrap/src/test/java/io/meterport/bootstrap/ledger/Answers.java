package io.meterport.bootstrap.ledger;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.Window;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the server answers. */
final class Answers {
    private Answers() {}

    /** The rows of an answer about usage, with numbers in one form. */
    static List<UsageRow> rows(String body) {
        List<UsageRow> rows = new ArrayList<>();
        for (Json item : ((Json.Arr) member(read(body), "data")).items()) {
            Json.Obj row = (Json.Obj) item;
            List<String> group = ((Json.Obj) member(row, "groupBy"))
                    .members().values().stream().map(Answers::text).toList();
            Optional<SubjectKey> subject = row.get("subject")
                    .filter(Json.Text.class::isInstance)
                    .map(text -> new SubjectKey(text(text)));
            BigDecimal value = ((Json.Num) member(row, "value")).value().stripTrailingZeros();
            rows.add(new UsageRow(window(row), subject, group, value));
        }
        return rows;
    }

    /** Writes down a violation unless the only row, or none for zero, lies between the two. */
    static void requireBetween(Ledger ledger, String body, long least, long most) {
        long counted = rows(body).stream()
                .mapToLong(row -> row.value().longValueExact())
                .sum();
        if (counted < least || counted > most) {
            ledger.violated("V3: counted " + counted + ", but " + least + " were acknowledged"
                    + " before the question and " + most + " sent before the answer");
        }
    }

    /** A text of an object. */
    static String text(Json.Obj json, String name) {
        return text(member(json, name));
    }

    static Json.Obj read(String body) {
        return (Json.Obj) JsonReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    static Json member(Json.Obj json, String name) {
        return json.get(name)
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + json));
    }

    private static Window window(Json.Obj row) {
        return new Window(
                OffsetDateTime.parse(text(row, "windowStart")).toInstant(),
                OffsetDateTime.parse(text(row, "windowEnd")).toInstant());
    }

    private static String text(Json value) {
        return ((Json.Text) value).value();
    }
}
