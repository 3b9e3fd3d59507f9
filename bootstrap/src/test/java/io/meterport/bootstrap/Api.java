package io.meterport.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** One caller of a server, over real HTTP. */
record Api(URI url, Optional<String> credential) {
    static final String EVENT = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The same server, called with that key or token. */
    Api as(String other) {
        return new Api(url, Optional.of(other));
    }

    /** The same server, called without any. */
    Api asNobody() {
        return new Api(url, Optional.empty());
    }

    Reply get(String path) {
        return call("GET", path, "Accept", "application/json", "");
    }

    Reply csv(String path) {
        return call("GET", path, "Accept", "text/csv", "");
    }

    Reply delete(String path) {
        return call("DELETE", path, "Accept", "application/json", "");
    }

    Reply post(String path, String json) {
        return call("POST", path, "Content-Type", "application/json", json);
    }

    Reply put(String path, String json) {
        return call("PUT", path, "Content-Type", "application/json", json);
    }

    Reply ingest(String contentType, String body) {
        return call("POST", "/api/v1/events", "Content-Type", contentType, body);
    }

    Reply call(String method, String path, String header, String value, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header(header, value)
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        credential.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            return Reply.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The text of an event with this data. */
    static String event(String id, String type, String subject, String time, String data) {
        return """
                {"specversion":"1.0","id":"%s","source":"test","type":"%s","subject":"%s",\
                "time":"%s","data":%s}""".formatted(id, type, subject, time, data);
    }
}
