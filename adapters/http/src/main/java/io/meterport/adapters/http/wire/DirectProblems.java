package io.meterport.adapters.http.wire;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.List;
import java.util.Optional;

/** What Helidon refuses before a request reaches the {@link Edge}: broken HTTP, mostly. */
final class DirectProblems implements DirectHandler {
    private final RequestIds ids;
    private final RequestObserver observer;

    DirectProblems(RequestIds ids, RequestObserver observer) {
        this.ids = ids;
        this.observer = observer;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        ServerRequestHeaders sent = request.headers();
        String requestId = ids.of(sent.all(Edge.REQUEST_ID, List::of));
        Answer answer = answer(type, status, requestId);
        observer.answered(new RequestObserver.Answered(
                Methods.known(request.method()),
                "none",
                answer.status(),
                answer.code(),
                0,
                requestId,
                Optional.empty()));
        TransportResponse.Builder response = TransportResponse.builder()
                .status(Status.create(answer.status()))
                .entity(answer.body())
                .keepAlive(false)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                .header(Edge.REQUEST_ID, requestId);
        answer.headers().forEach(response::header);
        return response.build();
    }

    /** Helidon calls some heads that break the rules a fault of its own. */
    private static boolean isReadingHead() {
        return Wire.CURRENT.isBound() && Wire.CURRENT.get().isReadingHead();
    }

    private static Answer answer(EventType type, Status status, String requestId) {
        int code = status.code();
        if (code == 414) {
            return ProblemAnswer.plain(
                    414, "uri-too-long", "The request line is too long.", requestId);
        }
        if (code == 413) {
            return ProblemAnswer.plain(413, "body-too-large", "The body is too large.", requestId);
        }
        if ((type == EventType.INTERNAL_ERROR || code == 500) && !isReadingHead()) {
            return ProblemAnswer.bug(requestId);
        }
        String what = type == EventType.HTTP_VERSION_NOT_SUPPORTED
                ? "only HTTP/1.1 is spoken here"
                : "its head or its framing breaks the rules of HTTP/1.1";
        return ProblemAnswer.plain(
                400,
                "malformed-request",
                "The HTTP request is malformed: " + what + ".",
                requestId);
    }
}
