package io.meterport.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.json.JsonReader;
import io.meterport.bootstrap.bench.Prepared.Counted;
import io.meterport.domain.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterport bench}, with rounds that are too short to tell anything but that it works. */
@Timeout(300)
class BenchJourneyTest {
    private static final List<String> NAMES = List.of(
            "limit-syncs",
            "limit-rows",
            "ingest-batches",
            "ingest-singles",
            "ingest-singles-paced",
            "queries",
            "limit-route",
            "queries-alone",
            "queries-with-ingest",
            "ingest-alone",
            "ingest-with-queries");

    @TempDir
    private Path folder;

    @Test
    void measuresEverythingCountsExactlyAndLeavesNothingBehind() throws IOException {
        Path data = folder.resolve("measured");
        List<String> said = new ArrayList<>();
        Bench.Report report;
        try (Workplace place = Workplace.open(
                Optional.of(data), List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"))) {
            Duration round = Duration.ofMillis(100);
            report = new Bench(place, round, OptionalDouble.of(5_000), said::add).run();
        }

        assertThat(report.rows()).extracting(Measured::name).isEqualTo(NAMES);
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.median()).isPositive());
        assertThat(report.counted()).isGreaterThan(3L * Prepared.EVENTS_OF_EACH_DAY);
        assertThat(said).hasSize(5);
        assertThat(data).doesNotExist();
        printsOf(report);
    }

    private static void printsOf(Bench.Report report) {
        BenchOutput output =
                new BenchOutput("1.2.3", Instant.parse("2026-11-20T09:00:00Z"), 3, "ext4", report);
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        output.printTable(new PrintStream(table, true, StandardCharsets.UTF_8));
        output.printJson(new PrintStream(json, true, StandardCharsets.UTF_8));

        assertThat(table.toString(StandardCharsets.UTF_8))
                .contains("meterport 1.2.3\n", "disk ext4\n", "p99.9 ms")
                .contains("events acknowledged, all counted, none twice.");
        Json.Obj all = (Json.Obj) JsonReader.read(json.toByteArray());
        assertThat(((Json.Arr) all.members().get("rows")).items()).hasSize(NAMES.size());
        assertThat(all.members().get("counted")).isEqualTo(Json.Num.of(report.counted()));
    }

    @Test
    void aServerThatCountsAnythingElseIsFoundOut() throws IOException {
        try (Workplace place = Workplace.open(Optional.empty(), List.of("-Xmx128m"))) {
            ServerProcess server = place.server();
            Tally tally = new Tally();
            FreshEvents events = Asked.singles(server.key(), 0, tally);
            try (RawConnection connection = new RawConnection(server.port())) {
                connection.exchange(events.next());
            }

            assertThatThrownBy(() -> Prepared.requireExact(server, new Counted(0, 0), tally))
                    .hasMessageContaining("has acknowledged Counted[events=0, tokens=0]");
            events.acknowledged();
            assertThat(Prepared.requireExact(server, new Counted(0, 0), tally).events())
                    .isEqualTo(1);
        }
    }
}
