package io.meterport.bootstrap.bench;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.bootstrap.client.Table;
import io.meterport.domain.json.Json;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a measurement found, for people or for programs. */
final class BenchOutput {
    private static final List<String> NUMBERS = List.of(
            "median /s",
            "least /s",
            "most /s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "most ms",
            "of limit");

    private final String version;
    private final Instant begin;
    private final int seconds;
    private final String disk;
    private final Bench.Report report;

    BenchOutput(String version, Instant begin, int seconds, String disk, Bench.Report report) {
        this.version = version;
        this.begin = begin;
        this.seconds = seconds;
        this.disk = disk;
        this.report = report;
    }

    /** As a table with what it was measured on. */
    void printTable(PrintStream out) {
        out.println();
        machine().forEach((name, value) -> out.println(name + " " + value));
        out.println();
        List<String> headers = new ArrayList<>(List.of("what"));
        headers.addAll(NUMBERS);
        Table table = new Table(headers, NUMBERS);
        report.rows().forEach(row -> table.add(cells(row)));
        table.print(out);
        out.println();
        out.println("Rates: as fast as it goes, or steady where the row says so; three rounds of "
                + seconds + " s each.");
        out.println("Milliseconds: where the rate is steady, since the moment a request was due,"
                + " else since it was sent.");
        out.println(String.format(
                Locale.ROOT,
                "%,d events acknowledged, all counted, none twice.",
                report.counted()));
    }

    /** As one JSON object. */
    void printJson(PrintStream out) {
        Map<String, Json> all = new LinkedHashMap<>();
        machine().forEach((name, value) -> all.put(name, new Json.Text(value)));
        all.put("secondsEachRound", Json.Num.of(seconds));
        all.put("rounds", Json.Num.of(Series.ROUNDS));
        all.put(
                "rows",
                new Json.Arr(report.rows().stream().<Json>map(BenchOutput::json).toList()));
        all.put("acknowledged", Json.Num.of(report.counted()));
        all.put("counted", Json.Num.of(report.counted()));
        out.println(JsonPrinter.text(new Json.Obj(all)));
    }

    private Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("meterport", version);
        machine.put("began", begin.toString());
        machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        machine.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        machine.put("java", String.valueOf(System.getProperty("java.runtime.version")));
        machine.put("disk", disk);
        return machine;
    }

    private static List<String> cells(Measured row) {
        return List.of(
                row.what() + ", " + row.unit(),
                whole(row.median()),
                whole(row.least()),
                whole(row.most()),
                millis(row, Measured.Latency::p50),
                millis(row, Measured.Latency::p99),
                millis(row, Measured.Latency::p999),
                millis(row, Measured.Latency::most),
                row.ofLimit()
                        .map(part -> String.format(Locale.ROOT, "%.2f", part))
                        .orElse(""));
    }

    private static String millis(Measured row, ToDoubleFunction<Measured.Latency> of) {
        return row.latency()
                .map(latency -> String.format(Locale.ROOT, "%.2f", of.applyAsDouble(latency)))
                .orElse("");
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static Json json(Measured row) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", new Json.Text(row.name()));
        members.put("what", new Json.Text(row.what()));
        members.put("unit", new Json.Text(row.unit() + "/s"));
        members.put("median", number(row.median()));
        members.put("least", number(row.least()));
        members.put("most", number(row.most()));
        row.latency().ifPresent(latency -> {
            members.put("latencySince", new Json.Text(latency.fromDue() ? "due" : "sent"));
            members.put("p50Millis", number(latency.p50()));
            members.put("p99Millis", number(latency.p99()));
            members.put("p999Millis", number(latency.p999()));
            members.put("mostMillis", number(latency.most()));
        });
        row.ofLimit().ifPresent(part -> members.put("ofLimit", number(part)));
        return new Json.Obj(members);
    }

    private static Json number(double value) {
        return new Json.Num(BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP));
    }
}
