package io.meterport.adapters.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Handler;
import io.meterport.adapters.http.wire.Path;
import io.meterport.application.access.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Whether the server is well, what its API is, and what bootstrap adds for operators. */
final class OperationRoutes {
    private static final Header YAML =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/yaml");
    private static final Answer UP = status("UP");
    private static final Answer DOWN = status("DOWN").withStatus(503);

    private OperationRoutes() {}

    /** For everybody, on every listener. */
    static List<Path> health(BooleanSupplier ready) {
        return List.of(
                Path.of("/health/live").get(exchange -> UP),
                Path.of("/health/ready").get(exchange -> ready.getAsBoolean() ? UP : DOWN));
    }

    /** The description of the API. */
    static Path openApi() {
        Answer document = Answer.of(YAML, resource("openapi.yaml"));
        return Path.of("/api/openapi.yaml").get(exchange -> document);
    }

    /**
     * A page for operators.
     *
     * @param open whether it needs no key, as on a listener of its own
     */
    static Path page(OperatorPage page, Keys keys, boolean open) {
        Header type = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, page.contentType());
        Handler handler = exchange -> Answer.of(type, page.content().get());
        return Path.of(page.path())
                .get(
                        open
                                ? handler
                                : keys.with(
                                        Scope.ADMIN, (exchange, key) -> handler.answer(exchange)));
    }

    private static Answer status(String status) {
        return Answers.one(
                status,
                (text, json) -> json.beginObject().name("status").value(text).endObject());
    }

    private static byte[] resource(String name) {
        try (InputStream in = OperationRoutes.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
