package io.meterport.bootstrap;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.bench.ServerProcess;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 20,000 flights that nobody here made, sent by the published SDK: every answer, row by row, is
 * what DuckDB computes from the same file.
 */
@Tag("node")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlightsJourneyTest {
    private static final Path FILE =
            NodeProject.file("node_modules/vega-datasets/data/flights-20k.json");
    private static final Instant FIRST = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2001-04-01T00:00:00Z");
    /** Inside a minute, an hour, a day and a month of every zone asked for. */
    private static final Instant RAGGED_FROM = Instant.parse("2001-01-17T09:13:20Z");

    private static final Instant RAGGED_TO = Instant.parse("2001-03-05T18:47:00.000001Z");
    /** The three busiest airports, one in between, and three that one flight left from. */
    private static final List<String> SOME_AIRPORTS =
            List.of("DFW", "ORD", "ATL", "HNL", "BGM", "MOT", "SCC");
    /** Within a window, rows of different groups come in no promised order. */
    private static final Comparator<FlightRow> BY_AIRPORT = Comparator.comparing(FlightRow::airport)
            .thenComparing(FlightRow::start)
            .thenComparing(FlightRow::destination);

    private final Map<String, String> tokenByAirport = new LinkedHashMap<>();

    @AutoClose
    private ServerProcess server;

    @AutoClose
    private FlightsInDuckDb duckDb;

    private FlightUsage usage;

    @BeforeAll
    void sendTheFlights(@TempDir Path data) throws Exception {
        server = ServerProcess.start(data);
        String url = "http://127.0.0.1:" + server.port();
        NodeProject.against(url, server.key()).node(this::take, "flights-ingest.mjs");
        duckDb = FlightsInDuckDb.read(FILE);
        usage = new FlightUsage(url);
    }

    /** Keeps the tokens, which are secrets, and hands everything else on. */
    private void take(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[0].equals("token")) {
            tokenByAirport.put(words[1], words[2]);
        } else {
            System.out.println(line);
        }
    }

    @Test
    void everyFlightArrivedOnce() {
        assertThat(total(FlightMeter.FLIGHTS)).isEqualByComparingTo("20000");
        assertThat(total(FlightMeter.DISTANCE)).isEqualByComparingTo("14476934");
        assertThat(tokenByAirport).hasSize(220);
    }

    @ParameterizedTest(name = "by {0} in {1}")
    @MethodSource("windows")
    void everyAirportSeesWhatDuckDbComputes(String size, ZoneId zone) throws Exception {
        for (FlightMeter meter : FlightMeter.values()) {
            var question = new FlightQuestion(meter, size, zone, FIRST, LAST, false);

            assertTokensSee(question, tokenByAirport.keySet().stream().toList());
        }
    }

    @ParameterizedTest(name = "by {0} in {1}")
    @MethodSource("windows")
    void anAirportSeesItsDestinationsApart(String size, ZoneId zone) throws Exception {
        for (FlightMeter meter : FlightMeter.withDestinations()) {
            var question = new FlightQuestion(meter, size, zone, RAGGED_FROM, RAGGED_TO, true);

            assertTokensSee(question, SOME_AIRPORTS);
        }
    }

    @ParameterizedTest(name = "by {0} in {1}")
    @MethodSource("windows")
    void theOperatorSeesAllAirportsInARangeThatCutsWindows(String size, ZoneId zone)
            throws Exception {
        for (FlightMeter meter : FlightMeter.values()) {
            var question = new FlightQuestion(meter, size, zone, RAGGED_FROM, RAGGED_TO, false);

            assertSame(question, usage.ofAll(question, server.key()), duckDb.usage(question));
        }
    }

    /** Asks with the token of each airport, and compares each answer with DuckDB's. */
    private void assertTokensSee(FlightQuestion question, List<String> airports) throws Exception {
        Map<String, List<FlightRow>> expected =
                duckDb.usage(question).stream().collect(groupingBy(FlightRow::airport));
        airports.parallelStream().forEach(airport -> {
            List<FlightRow> seen = usage.ofAirport(question, tokenByAirport.get(airport));
            assertSame(question, seen, expected.getOrDefault(airport, List.of()));
        });
    }

    private static void assertSame(
            FlightQuestion question, List<FlightRow> seen, List<FlightRow> expected) {
        assertThat(seen).isSortedAccordingTo(Comparator.comparing(FlightRow::start));
        assertThat(seen.stream().sorted(BY_AIRPORT).toList())
                .as(question.toString())
                .isEqualTo(expected);
    }

    private BigDecimal total(FlightMeter meter) {
        var question = new FlightQuestion(meter, "MONTH", ZoneId.of("UTC"), FIRST, LAST, false);
        return usage.ofAll(question, server.key()).stream()
                .map(FlightRow::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static Stream<Arguments> windows() {
        return Stream.of("HOUR", "DAY", "MONTH")
                .flatMap(size -> Stream.of("UTC", "America/New_York", "Asia/Kathmandu")
                        .map(zone -> Arguments.of(size, ZoneId.of(zone))));
    }
}
