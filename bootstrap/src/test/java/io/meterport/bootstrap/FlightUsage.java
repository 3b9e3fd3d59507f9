package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.OffsetDateTime;
import java.util.List;

/** The usage of flights as the server answers it, in the order of the answer. */
final class FlightUsage {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    FlightUsage(String url) {
        this.url = url;
    }

    /** What the holder of an airport's token sees. */
    List<FlightRow> ofAirport(FlightQuestion question, String token) {
        return ask("/api/v1/portal/meters/", question, "", token);
    }

    /** What the operator sees of all airports. */
    List<FlightRow> ofAll(FlightQuestion question, String key) {
        return ask("/api/v1/meters/", question, "&groupBy=subject", key);
    }

    private List<FlightRow> ask(
            String path, FlightQuestion question, String groupBySubject, String bearer) {
        String query = "?windowSize=%s&windowTimeZone=%s&from=%s&to=%s%s%s"
                .formatted(
                        question.size(),
                        question.zone(),
                        question.from(),
                        question.to(),
                        groupBySubject,
                        question.byDestination() ? "&groupBy=destination" : "");
        URI uri = URI.create(url + path + question.meter().slug() + "/query" + query);
        Json.Obj answer = get(uri, bearer);
        return array(answer, "data").stream().map(FlightUsage::row).toList();
    }

    private Json.Obj get(URI uri, String bearer) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + bearer)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(uri.toString()).isEqualTo(200);
            return (Json.Obj) JsonReader.read(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static FlightRow row(Json json) {
        Json.Obj row = (Json.Obj) json;
        Json.Obj group = (Json.Obj) row.get("groupBy").orElseThrow();
        return new FlightRow(
                text(row, "subject"),
                OffsetDateTime.parse(text(row, "windowStart")),
                OffsetDateTime.parse(text(row, "windowEnd")),
                group.get("destination")
                        .map(value -> ((Json.Text) value).value())
                        .orElse(""),
                ((Json.Num) row.get("value").orElseThrow()).value());
    }

    private static List<Json> array(Json.Obj object, String name) {
        return ((Json.Arr) object.get(name).orElseThrow()).items();
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Text) object.get(name).orElseThrow()).value();
    }
}
