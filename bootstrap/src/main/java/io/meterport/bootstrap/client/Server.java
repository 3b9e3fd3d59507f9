package io.meterport.bootstrap.client;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A running server, as a client sees it. */
final class Server implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration AT_LENGTH = Duration.ofHours(24);

    private final String url;
    private final Optional<String> key;
    private Duration patience = ANSWER;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * @param url where it listens, without a slash at its end
     */
    Server(String url, Optional<String> key) {
        this.url = url;
        this.key = key;
    }

    /** Text as it stands in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer get(String path, String accept) {
        return orUnreachable("GET", path, BodyPublishers.noBody(), "Accept", accept);
    }

    Json getJson(String path) {
        return get(path, "application/json").orFailure().json();
    }

    Answer post(String path, Json body) {
        BodyPublisher publisher = BodyPublishers.ofByteArray(JsonPrinter.bytes(body));
        return orUnreachable("POST", path, publisher, "Content-Type", "application/json")
                .orFailure();
    }

    /** As {@link #post}, for what takes as long as there is data. */
    Answer postAtLength(String path, Json body) {
        patience = AT_LENGTH;
        return post(path, body);
    }

    void delete(String path) {
        orUnreachable("DELETE", path, BodyPublishers.noBody(), "Accept", "application/json")
                .orFailure();
    }

    /**
     * Sends one request and waits for its answer.
     *
     * @throws IOException if there is none
     */
    Answer send(String method, String path, BodyPublisher body, String header, String value)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(patience)
                .method(method, body)
                .header(header, value);
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers()
                            .firstValue("Retry-After")
                            .filter(seconds -> seconds.matches("\\d{1,6}"))
                            .map(Long::valueOf));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Answer orUnreachable(
            String method, String path, BodyPublisher body, String header, String value) {
        try {
            return send(method, path, body, header, value);
        } catch (IOException e) {
            throw unreachable();
        }
    }

    CommandFailure unreachable() {
        return new CommandFailure("No server answers at " + url
                + ". Start one with \"meterport serve\", or say where it is with --url.");
    }

    private URI uri(String path) {
        return URI.create(url + path);
    }
}
