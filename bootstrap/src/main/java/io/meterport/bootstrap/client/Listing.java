package io.meterport.bootstrap.client;

import io.meterport.domain.json.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints JSON objects as a table: a column for each member that at least one of them has. */
final class Listing {
    private Listing() {}

    static void print(
            PrintStream out, List<Json> objects, List<String> members, List<String> numbers) {
        List<Map<String, Json>> rows = objects.stream().map(Fields::members).toList();
        List<String> shown = members.stream()
                .filter(name ->
                        rows.stream().anyMatch(row -> Fields.text(row, name).isPresent()))
                .toList();
        Table table = new Table(
                shown.stream().map(Listing::header).toList(),
                numbers.stream().map(Listing::header).toList());
        rows.forEach(row -> table.add(
                shown.stream().map(name -> Fields.text(row, name).orElse("-")).toList()));
        table.print(out);
    }

    /** {@code createdAt} is headed CREATED AT. */
    private static String header(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
    }
}
