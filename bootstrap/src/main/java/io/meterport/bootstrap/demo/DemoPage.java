package io.meterport.bootstrap.demo;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Cors;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Handler;
import io.meterport.adapters.http.wire.ListenerSettings;
import io.meterport.adapters.http.wire.Listeners;
import io.meterport.adapters.http.wire.Path;
import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Plays the part of a customer's application: a page with a frame in it, and a route that gets tokens
 * for whoever is signed in, which here is chosen on the page. For this machine only. Thread-safe.
 */
public final class DemoPage implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int MOST_BODY_BYTES = 1_024;

    private final int port;
    private final Listeners listeners;

    /**
     * Begins to listen.
     *
     * @param meterport where the server is, without a slash at its end
     * @param tokens the answer of the server that has a new token, for a customer's name
     * @throws IllegalStateException if nobody can listen there
     */
    public DemoPage(
            int port, URI meterport, UnaryOperator<String> tokens, Supplier<String> requestIds) {
        this.port = port;
        String html = resource("page.html")
                .replace("{{meterport}}", meterport.toString())
                .replace("{{customers}}", customers());
        List<Path> paths = List.of(
                Path.of("/").get(here(page(html, meterport))),
                Path.of("/page.css").get(here(file("text/css; charset=utf-8", "page.css"))),
                Path.of("/page.js").get(here(file("text/javascript; charset=utf-8", "page.js"))),
                Path.of("/usage-token")
                        .post(here(exchange -> json(tokens.apply(asked(exchange))))));
        this.listeners = new Listeners(
                List.of(new Listeners.Listener(HOST, port, paths)),
                ListenerSettings.defaults(),
                new Cors(List.of(), List.of()),
                requestIds,
                request -> {});
        listeners.start();
    }

    /** The origins under which a browser may know the page at that port. */
    public static List<String> origins(int port) {
        return List.of("http://" + HOST + ":" + port, "http://localhost:" + port);
    }

    /** Where to find it. */
    public URI url() {
        return URI.create(origins(port).getFirst() + "/");
    }

    @Override
    public void close() {
        listeners.close();
    }

    /** Only under its own names: a page from elsewhere could be given a name that leads here. */
    private Handler here(Handler handler) {
        List<String> hosts = origins(port).stream()
                .map(origin -> origin.substring("http://".length()))
                .toList();
        return exchange -> {
            if (exchange.header(HeaderNames.HOST).filter(hosts::contains).isEmpty()) {
                throw new ProblemException(
                        new Problem.NotFound("unknown-route", "There is nothing at this path."));
            }
            return handler.answer(exchange);
        };
    }

    private static String asked(Exchange exchange) {
        Json body = JsonReader.read(exchange.body(MOST_BODY_BYTES));
        return MadeUpEvents.customers().stream()
                .filter(customer ->
                        body.equals(new Json.Obj(Map.of("customer", new Json.Text(customer)))))
                .findFirst()
                .orElseThrow(() -> new ProblemException(new Problem.Invalid(
                        "unknown-customer", "There is no such customer here.")));
    }

    private static Handler page(String html, URI meterport) {
        Header policy = HeaderValues.create(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self' " + meterport
                        + "; style-src 'self'; connect-src 'self'; img-src data:; frame-src "
                        + meterport
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        Answer page = text("text/html; charset=utf-8", html).with(policy);
        return exchange -> page;
    }

    private static Handler file(String type, String name) {
        Answer file = text(type, resource(name));
        return exchange -> file;
    }

    private static Answer json(String text) {
        return text("application/json", text);
    }

    private static Answer text(String type, String text) {
        return Answer.of(
                HeaderValues.create(HeaderNames.CONTENT_TYPE, type),
                text.getBytes(StandardCharsets.UTF_8));
    }

    private static String customers() {
        return MadeUpEvents.names().entrySet().stream()
                .map(customer -> "<option value=\"" + customer.getKey() + "\">"
                        + customer.getValue() + "</option>")
                .collect(Collectors.joining());
    }

    private static String resource(String name) {
        try (InputStream in = DemoPage.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
