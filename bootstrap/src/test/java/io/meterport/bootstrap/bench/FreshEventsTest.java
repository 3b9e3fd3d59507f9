package io.meterport.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FreshEventsTest {
    private static final Instant END = Instant.parse("2026-11-20T09:00:00Z");

    private final Tally tally = new Tally();
    private final FreshEvents events =
            FreshEvents.batches("key", new Workload(1, END, Duration.ofHours(1)), 10, tally);

    @Test
    void noIdIsEverSentTwice() {
        Set<String> ids = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            batch(events.next()).forEach(event -> ids.add(text(event, "id")));
        }

        assertThat(ids)
                .hasSize(1_000)
                .allMatch(id -> UUID.fromString(id).toString().equals(id));
    }

    @Test
    void theTallyIsWhatWasInTheAcknowledgedOnes() {
        long sum = 0;
        for (int i = 0; i < 40; i++) {
            List<Json.Obj> batch = batch(events.next());
            if (i % 3 == 0) {
                events.refused();
            } else {
                events.acknowledged();
                sum += batch.stream().mapToLong(FreshEventsTest::tokens).sum();
            }
        }

        assertThat(tally.events()).isEqualTo(260);
        assertThat(tally.tokens()).isEqualTo(sum);
        assertThat(events.owed()).isEqualTo(14);
    }

    @Test
    void whatWasRefusedIsMadeAgainToTheByte() {
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String request = new String(events.next(), StandardCharsets.US_ASCII);
            if (i % 2 == 0) {
                events.refused();
                refused.add(request);
            }
        }

        List<String> again = new ArrayList<>();
        while (events.owed() > 0) {
            again.add(new String(events.again(), StandardCharsets.US_ASCII));
        }

        assertThat(again).isEqualTo(refused);
    }

    private static List<Json.Obj> batch(byte[] request) {
        String text = new String(request, StandardCharsets.US_ASCII);
        String body = text.substring(text.indexOf("\r\n\r\n") + 4);
        return ((Json.Arr) JsonReader.read(body.getBytes(StandardCharsets.US_ASCII)))
                .items().stream().map(Json.Obj.class::cast).toList();
    }

    private static String text(Json.Obj event, String name) {
        return ((Json.Text) event.members().get(name)).value();
    }

    private static long tokens(Json.Obj event) {
        Json.Obj data = (Json.Obj) event.members().get("data");
        return ((Json.Num) data.members().get("tokens")).value().longValueExact();
    }
}
