package io.meterport.adapters.http.wire;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request on its way to an answer. Belongs to the thread that serves the connection. */
public final class Exchange {
    private static final String NO_ROUTE = "none";

    private final ServerRequest request;
    private final Body body;
    private final Target target;
    private final String requestId;
    private Map<String, String> pathValues = Map.of();
    private Optional<Query> query = Optional.empty();
    private Optional<String> caller = Optional.empty();
    private String route = NO_ROUTE;
    private int held;

    Exchange(ServerRequest request, Body body, String requestId) {
        this.request = request;
        this.body = body;
        this.target = Target.of(request.prologue());
        this.requestId = requestId;
    }

    /** The method, in capitals. */
    public String method() {
        return request.prologue().method().text();
    }

    /** What stands for that segment of the path's pattern, decoded and not empty. */
    public String pathValue(String name) {
        return Optional.ofNullable(pathValues.get(name)).orElseThrow();
    }

    /** The parameters of the query. */
    public Query query() {
        if (query.isEmpty()) {
            query = Optional.of(Query.of(target.query()));
        }
        return query.get();
    }

    /** The first value of that header. */
    public Optional<String> header(HeaderName name) {
        ServerRequestHeaders headers = request.headers();
        return headers.contains(name) ? Optional.of(headers.get(name).get()) : Optional.empty();
    }

    /** All values of that header, one for each line. */
    public List<String> headers(HeaderName name) {
        return request.headers().all(name, List::of);
    }

    /**
     * The whole body, at most so many bytes.
     *
     * @throws ProblemException {@code body-too-large}, {@code malformed-request}, {@code
     *     unsupported-encoding}, or {@code missing-body} if there is none
     */
    public byte[] body(int mostBytes) {
        if (!headers(HeaderNames.CONTENT_ENCODING).stream()
                .allMatch("identity"::equalsIgnoreCase)) {
            throw new ProblemException(new Problem.Invalid(
                    "unsupported-encoding", "The body must be sent without Content-Encoding."));
        }
        byte[] bytes = body.read(mostBytes);
        if (bytes.length == 0) {
            throw new ProblemException(
                    new Problem.Invalid("missing-body", "A request body is required."));
        }
        return bytes;
    }

    /** By what the request is named in logs and problems. */
    public String requestId() {
        return requestId;
    }

    /** The address of the other end of the connection, which may be a proxy. */
    public String peer() {
        return request.remotePeer().host();
    }

    /** Says whose request it is: the public id of a key or token. */
    public void calledBy(String publicId) {
        caller = Optional.of(publicId);
    }

    /** The answer takes that much of what all answers may. */
    void hold(int units) {
        held = units;
    }

    int held() {
        return held;
    }

    Optional<String> caller() {
        return caller;
    }

    String rawPath() {
        return target.path();
    }

    /** The pattern of the path that is served; {@code none} before it is known. */
    public String route() {
        return route;
    }

    void matched(PathTable.Match match) {
        route = match.path().pattern();
        pathValues = match.values();
    }
}
