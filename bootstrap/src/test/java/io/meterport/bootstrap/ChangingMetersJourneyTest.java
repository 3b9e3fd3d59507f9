package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six senders and two who change meters, all at once, and still every answer is exact. */
class ChangingMetersJourneyTest {
    private static final int SENDERS = 6;
    private static final int BATCHES = 20;
    private static final int EVENTS = 10;
    private static final int CHANGES = 12;
    private static final Instant START = Instant.parse("2026-03-08T05:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    @TempDir
    private Path data;

    @Test
    void answersWhatTheEventsComeToHoweverMetersChanged() throws Exception {
        try (TestApp app = TestApp.start(data);
                var threads = Executors.newFixedThreadPool(SENDERS + 2)) {
            Api api = app.admin();
            List<Future<?>> work = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int first = sender * BATCHES * EVENTS;
                work.add(threads.submit(() -> send(api, first)));
            }
            work.add(threads.submit(() -> define(api)));
            work.add(threads.submit(() -> relabel(api)));
            for (Future<?> each : work) {
                each.get();
            }

            List<Event> events = IntStream.range(0, SENDERS * BATCHES * EVENTS)
                    .mapToObj(ChangingMetersJourneyTest::event)
                    .toList();
            requireExact(api, "relabelled", CHANGES % 2 == 0 ? "kind" : "model", events);
            for (int i = 0; i < CHANGES; i++) {
                requireExact(api, "defined_" + i, "model", events);
            }
        }
    }

    private static void send(Api api, int first) {
        for (int batch = 0; batch < BATCHES; batch++) {
            int from = first + batch * EVENTS;
            String body = IntStream.range(from, from + EVENTS)
                    .mapToObj(ChangingMetersJourneyTest::text)
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(api.ingest(BATCH, body).status()).isEqualTo(204);
        }
    }

    private static void define(Api api) {
        for (int i = 0; i < CHANGES; i++) {
            Reply created = api.post("/api/v1/meters", body("defined_" + i, "model"));
            assertThat(created.status()).as(created.body()).isEqualTo(200);
        }
    }

    /** Makes a meter, and gives it one dimension after the other; the last is that of CHANGES. */
    private static void relabel(Api api) {
        api.post("/api/v1/meters", body("relabelled", "model"));
        for (int i = 1; i <= CHANGES; i++) {
            String dimension = i % 2 == 0 ? "kind" : "model";
            Reply changed = api.put(
                    "/api/v1/meters/relabelled",
                    "{\"groupBy\":{\"%s\":\"$.%s\"}}".formatted(dimension, dimension));
            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        }
    }

    /** By day, subject and group, where clocks go forward; once at once, once when all is built. */
    private static void requireExact(Api api, String slug, String dimension, List<Event> events) {
        List<String> expected = Usage.of(query(slug, dimension), events).stream()
                .map(row -> row.window().start() + " " + row.subject().orElseThrow() + " "
                        + row.group() + " " + row.value().stripTrailingZeros().toPlainString())
                .toList();

        assertThat(answer(api, slug, dimension)).as(slug).isEqualTo(expected);
        Await.until(() -> !api.get("/api/v1/meters/" + slug).body().contains("building"));
        assertThat(answer(api, slug, dimension)).as(slug).isEqualTo(expected);
    }

    private static List<String> answer(Api api, String slug, String dimension) {
        Reply reply = api.get("/api/v1/meters/" + slug + "/query?windowSize=DAY&windowTimeZone="
                + ZONE + "&groupBy=subject&groupBy=" + dimension);
        return reply.rows().stream()
                .map(row -> OffsetDateTime.parse(Reply.text(row, "windowStart")).toInstant()
                        + " " + Reply.text(row, "subject")
                        + " [" + Reply.text(((Json.Obj) row.get("groupBy")).members(), dimension)
                        + "] " + Reply.text(row, "value"))
                .toList();
    }

    private static UsageQuery query(String slug, String dimension) {
        DimensionKey key = new DimensionKey(dimension);
        Meter meter = new Meter(
                new MeterId("01KAQ3W8ZC5V7N2M4T6R9X1YHB"),
                Namespace.DEFAULT,
                new MeterSlug(slug),
                slug,
                Optional.empty(),
                new EventType("prompt"),
                Optional.empty(),
                new Aggregation.Sum(PropertyPath.of("$.tokens")),
                List.of(new Dimension(key, PropertyPath.of("$." + dimension))),
                Optional.empty(),
                START,
                START,
                Optional.empty());
        return new UsageQuery(
                meter,
                new Subjects.Each(),
                Optional.empty(),
                Optional.empty(),
                new Windowing.By(WindowSize.DAY, ZONE),
                List.of(key),
                Map.of());
    }

    private static Event event(int number) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("tokens", new Json.Num(tokens(number)));
        members.put("model", new Json.Text("m" + number % 3));
        members.put("kind", new Json.Text("k" + number % 2));
        return new Event(
                new EventKey("test", "e" + number),
                new EventType("prompt"),
                new SubjectKey("s" + number % 4),
                time(number),
                Optional.of(new Json.Obj(members)));
    }

    private static String text(int number) {
        return Api.event(
                "e" + number,
                "prompt",
                "s" + number % 4,
                time(number).toString(),
                "{\"tokens\":%s,\"model\":\"m%d\",\"kind\":\"k%d\"}"
                        .formatted(tokens(number).toPlainString(), number % 3, number % 2));
    }

    private static Instant time(int number) {
        return START.plusSeconds(number * 131L);
    }

    private static BigDecimal tokens(int number) {
        return BigDecimal.valueOf(number * 10L + 1, 1);
    }

    private static String body(String slug, String dimension) {
        return """
                {"slug":"%s","aggregation":"SUM","eventType":"prompt","valueProperty":"$.tokens",\
                "groupBy":{"%s":"$.%s"}}""".formatted(slug, dimension, dimension);
    }
}
