package io.meterport.adapters.http.wire;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pages of other origins may read the portal. Credentials are never allowed: the token goes
 * in a header, which no other page can send. Immutable and thread-safe.
 */
public final class Cors {
    private static final String ANY = "*";
    private static final List<String> ALWAYS_ALLOWED =
            List.of("accept", "authorization", "content-type", "if-none-match");
    static final HeaderName ORIGIN = HeaderNames.ORIGIN;
    private static final HeaderName REQUEST_METHOD =
            HeaderNames.create("Access-Control-Request-Method");
    private static final HeaderName REQUEST_HEADERS =
            HeaderNames.create("Access-Control-Request-Headers");
    private static final HeaderName ALLOW_ORIGIN =
            HeaderNames.create("Access-Control-Allow-Origin");
    private static final Header ALLOW_ANY = HeaderValues.createCached(ALLOW_ORIGIN, ANY);
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");
    private static final Header EXPOSE = HeaderValues.createCached(
            "Access-Control-Expose-Headers", "ETag, Retry-After, Content-Disposition, Date");
    private static final Header MAX_AGE =
            HeaderValues.createCached("Access-Control-Max-Age", "7200");

    private final Set<String> origins;
    private final Set<String> headers = new LinkedHashSet<>(ALWAYS_ALLOWED);

    /**
     * @param origins exactly as browsers send them, or {@code *} for every one
     * @param moreHeaders request headers that are allowed beside the usual ones
     */
    public Cors(List<String> origins, List<String> moreHeaders) {
        this.origins = Set.copyOf(origins);
        moreHeaders.forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
    }

    /** The answer as a page of that origin may read it. */
    Answer allow(Optional<String> origin, Answer answer) {
        boolean varies = !origins.contains(ANY) && !saysThatItVaries(answer);
        Answer varying = varies ? answer.with(VARY) : answer;
        return allowed(origin).map(header -> varying.with(header).with(EXPOSE)).orElse(varying);
    }

    /** The answer to a preflight, which needs no token; without allow headers if it asks too much. */
    Answer preflight(Exchange exchange, Path path) {
        Answer answer = Answer.noContent().with(HeaderNames.ALLOW, path.allow());
        Optional<Header> origin = allowed(exchange.header(ORIGIN));
        Optional<String> method = exchange.header(REQUEST_METHOD);
        boolean fits = method.filter(asked -> path.handler(asked).isPresent()).isPresent()
                && headers.containsAll(askedHeaders(exchange));
        return origin.isPresent() && fits
                ? answer.with(origin.get())
                        .with(VARY)
                        .with(HeaderNames.create("Access-Control-Allow-Methods"), methods(path))
                        .with(
                                HeaderNames.create("Access-Control-Allow-Headers"),
                                String.join(", ", headers))
                        .with(MAX_AGE)
                : answer.with(VARY);
    }

    private Optional<Header> allowed(Optional<String> origin) {
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        if (origins.contains(ANY)) {
            return Optional.of(ALLOW_ANY);
        }
        return origin.filter(origins::contains)
                .map(allowed -> HeaderValues.create(ALLOW_ORIGIN, allowed));
    }

    /** An answer that varies by more than the origin says so by itself. */
    private static boolean saysThatItVaries(Answer answer) {
        return answer.headers().stream()
                .anyMatch(header -> header.headerName().equals(HeaderNames.VARY));
    }

    private static Set<String> askedHeaders(Exchange exchange) {
        Set<String> asked = new TreeSet<>();
        for (String list : exchange.headers(REQUEST_HEADERS)) {
            Arrays.stream(list.split(","))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .filter(name -> !name.isEmpty() && !name.equals("origin"))
                    .forEach(asked::add);
        }
        return asked;
    }

    private static String methods(Path path) {
        return path.allow().replace(", OPTIONS", "");
    }
}
