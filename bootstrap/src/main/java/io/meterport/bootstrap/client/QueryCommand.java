package io.meterport.bootstrap.client;

import io.meterport.domain.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for usage. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Asks a meter for usage, and prints it as a table.")
public final class QueryCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    private String meter = "";

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Only this subject. Repeat it for several.")
    private List<String> subjects = new ArrayList<>();

    @Option(names = "--from", paramLabel = "TIME", description = "From this time on.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--window-size",
            paramLabel = "SIZE",
            description = "MINUTE, HOUR, DAY or MONTH. Default: one total.")
    private Optional<String> windowSize = Optional.empty();

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Whose days and hours, such as America/New_York. Default: UTC.")
    private Optional<String> timeZone = Optional.empty();

    @Option(
            names = "--group-by",
            paramLabel = "KEY",
            description = "Split by this dimension, or by subject. Repeat it for several.")
    private List<String> groupBy = new ArrayList<>();

    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            description = "Only where the dimension has this value. Repeat it for several.")
    private Map<String, String> filters = new LinkedHashMap<>();

    @Option(names = "--csv", description = "Prints CSV as the server makes it.")
    private boolean csv;

    @Option(names = "--json", description = "Prints the server's answer as it is.")
    private boolean json;

    public QueryCommand(Surroundings around) {
        this.around = around;
    }

    @Parameters(paramLabel = "METER", description = "The meter's slug or id.")
    void meter(String idOrSlug) {
        meter = idOrSlug;
    }

    @Override
    public Integer call() {
        String path = "/api/v1/meters/" + Server.encoded(meter) + "/query?" + query();
        try (Server open = server.open(around)) {
            Answer answer =
                    open.get(path, csv ? "text/csv" : "application/json").orFailure();
            if (csv || json) {
                around.out().print(answer.text());
            } else {
                print(Fields.items(Fields.members(answer.json()), "data"));
            }
        }
        return 0;
    }

    private String query() {
        List<String> query = new ArrayList<>();
        from.ifPresent(time -> query.add("from=" + Server.encoded(time)));
        to.ifPresent(time -> query.add("to=" + Server.encoded(time)));
        windowSize.ifPresent(size -> query.add("windowSize=" + Server.encoded(size)));
        timeZone.ifPresent(zone -> query.add("windowTimeZone=" + Server.encoded(zone)));
        subjects.forEach(key -> query.add("subject=" + Server.encoded(key)));
        groupBy.forEach(key -> query.add("groupBy=" + Server.encoded(key)));
        filters.forEach((key, value) -> query.add(
                "filterGroupBy%5B" + Server.encoded(key) + "%5D=" + Server.encoded(value)));
        return String.join("&", query);
    }

    private void print(List<Json> rows) {
        Set<String> dimensions = new LinkedHashSet<>();
        rows.forEach(row -> dimensions.addAll(group(row).keySet()));
        boolean apart = rows.stream()
                .anyMatch(row -> Fields.text(Fields.members(row), "subject").isPresent());
        List<String> headers = new ArrayList<>(List.of("FROM", "TO"));
        if (apart) {
            headers.add("SUBJECT");
        }
        headers.addAll(dimensions);
        headers.add("VALUE");
        Table table = new Table(headers, List.of("VALUE"));
        rows.forEach(row -> table.add(cells(row, apart, dimensions)));
        table.print(around.out());
    }

    private static List<String> cells(Json row, boolean apart, Set<String> dimensions) {
        Map<String, Json> members = Fields.members(row);
        List<String> cells = new ArrayList<>();
        cells.add(Fields.text(members, "windowStart").orElse(""));
        cells.add(Fields.text(members, "windowEnd").orElse(""));
        if (apart) {
            cells.add(Fields.text(members, "subject").orElse(""));
        }
        Map<String, Json> group = group(row);
        dimensions.forEach(key -> cells.add(Fields.text(group, key).orElse("")));
        cells.add(Fields.text(members, "value").orElse(""));
        return cells;
    }

    private static Map<String, Json> group(Json row) {
        return Optional.ofNullable(Fields.members(row).get("groupBy"))
                .map(Fields::members)
                .orElse(Map.of());
    }
}
