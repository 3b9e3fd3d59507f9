package io.meterport.adapters.http.wire;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where every request comes in and every answer goes out. Nothing that happens behind it reaches
 * Helidon but an answer, or that the connection is to be closed. Thread-safe.
 */
final class Edge implements Filter {
    static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    private static final Logger LOGGER = System.getLogger("io.meterport.http");
    private static final List<Header> ALWAYS = List.of(
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"),
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"));

    private static final int SMALL_ANSWER_BYTES = 256 << 10;

    private final PathTable paths;
    private final Cors cors;
    private final RequestIds ids;
    private final BodyBudget budget;
    private final BodyBudget answers;
    private final RequestObserver observer;
    private volatile boolean stopping;

    /**
     * @param budget of memory for the bodies of requests
     * @param answers the same for answers that are large
     */
    Edge(
            PathTable paths,
            Cors cors,
            RequestIds ids,
            BodyBudget budget,
            BodyBudget answers,
            RequestObserver observer) {
        this.paths = paths;
        this.cors = cors;
        this.ids = ids;
        this.budget = budget;
        this.answers = answers;
        this.observer = observer;
    }

    /** From now on every answer ends its connection. */
    void stopping() {
        stopping = true;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long start = System.nanoTime();
        Wire wire = Wire.CURRENT.get();
        Body body = new Body(request, wire, budget);
        List<String> sentIds = request.headers().all(REQUEST_ID, List::of);
        Exchange exchange = new Exchange(request, body, ids.of(sentIds));
        try {
            Answer answer = answer(exchange);
            boolean close =
                    stopping || body.mustClose() || asksToClose(exchange) || answer.endless();
            send(exchange, answer, close, response);
            observe(exchange, answer, start);
            if (close || (body.isUnread() && !body.skip())) {
                close(wire, body);
            }
            wire.requestDone();
        } finally {
            body.release();
            answers.giveBack(exchange.held());
        }
    }

    private Answer answer(Exchange exchange) {
        Realm realm = Realm.API;
        Answer answer;
        try {
            Optional<PathTable.Match> found = paths.find(exchange.rawPath());
            if (found.isEmpty()) {
                return unknownRoute(exchange);
            }
            Path path = found.get().path();
            realm = path.realm();
            exchange.matched(found.get());
            if (realm == Realm.PORTAL && exchange.method().equals("OPTIONS")) {
                return cors.preflight(exchange, path);
            }
            answer = handled(path, exchange);
            hold(answer, exchange);
        } catch (ProblemException e) {
            answer = refused(e, realm, exchange);
        }
        return realm == Realm.PORTAL ? cors.allow(exchange.header(Cors.ORIGIN), answer) : answer;
    }

    /** A large answer stays in memory for as long as its reader likes, so there are only so many. */
    private void hold(Answer answer, Exchange exchange) {
        if (answer.heldBytes() > SMALL_ANSWER_BYTES && !exchange.method().equals("HEAD")) {
            exchange.hold(answers.takeNow(answer.heldBytes()));
        }
    }

    private Answer handled(Path path, Exchange exchange) {
        Optional<Handler> handler = path.handler(exchange.method());
        if (handler.isEmpty()) {
            return ProblemAnswer.methodNotAllowed(path.allow(), exchange.requestId());
        }
        try {
            return handler.get().answer(exchange);
        } catch (ProblemException | CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "request " + exchange.requestId() + " failed", e);
            return ProblemAnswer.bug(exchange.requestId());
        }
    }

    private static Answer refused(ProblemException e, Realm realm, Exchange exchange) {
        if (e.getCause() != null) {
            // A line without its stack: a full disk refuses hundreds of requests a second.
            LOGGER.log(
                    Level.WARNING,
                    "request " + exchange.requestId() + " was refused: " + e.getCause());
        }
        return ProblemAnswer.of(e.problem(), realm, exchange.requestId());
    }

    private static Answer unknownRoute(Exchange exchange) {
        Problem problem = new Problem.NotFound("unknown-route", "There is nothing at this path.");
        return ProblemAnswer.of(problem, Realm.API, exchange.requestId());
    }

    private static void send(
            Exchange exchange, Answer answer, boolean close, RoutingResponse response) {
        response.status(Status.create(answer.status()));
        ALWAYS.forEach(response::header);
        response.header(REQUEST_ID, exchange.requestId());
        answer.headers().forEach(response::header);
        if (close) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (exchange.method().equals("HEAD")) {
            response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length(answer)));
            response.send();
        } else if (answer.streaming().isPresent()) {
            stream(answer.streaming().get(), answer.endless(), response);
        } else {
            response.send(answer.body());
        }
    }

    private static long length(Answer answer) {
        if (answer.streaming().isEmpty() || answer.endless()) {
            return answer.body().length;
        }
        CountedBytes counted = new CountedBytes();
        try {
            answer.streaming().get().write(counted);
            return counted.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server is stopping", e);
        }
    }

    /** Whatever ends it early, the client learns of it by the end of the connection. */
    private static void stream(Streaming body, boolean endless, RoutingResponse response) {
        Wire wire = Wire.CURRENT.get();
        try (OutputStream out = response.outputStream();
                Wire.Watch _ = endless ? wire.streaming() : wire.answering()) {
            body.write(out);
            // Only this writes the last chunk, by which a client knows an end from a broken line.
            response.commit();
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the client is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the client is gone or the server stopping", e);
        }
    }

    private void observe(Exchange exchange, Answer answer, long start) {
        observer.answered(new RequestObserver.Answered(
                Methods.known(exchange.method()),
                exchange.route(),
                answer.status(),
                answer.code(),
                System.nanoTime() - start,
                exchange.requestId(),
                exchange.caller()));
    }

    /** Helidon announces the end of a connection without ending it, so it is thrown out of there. */
    private static void close(Wire wire, Body body) {
        if (body.isUnread()) {
            wire.linger();
        }
        throw new CloseConnectionException("the connection ends with this answer");
    }

    private static boolean asksToClose(Exchange exchange) {
        return exchange.headers(HeaderNames.CONNECTION).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
    }
}
