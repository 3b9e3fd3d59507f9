package io.meterport.adapters.http.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One path that is served, and by whom. What answers GET answers HEAD too, without its body.
 *
 * @param pattern segments in braces stand for any one segment, such as {@code /meters/{meter}}
 * @param handlers by method, in the order in which {@code Allow} names them
 */
public record Path(String pattern, Realm realm, Map<String, Handler> handlers) {
    private static final String GET = "GET";
    private static final String HEAD = "HEAD";
    private static final String OPTIONS = "OPTIONS";

    public Path {
        handlers = Map.copyOf(handlers);
    }

    /** A path for API keys, or for everybody, without handlers yet. */
    public static Path of(String pattern) {
        return new Path(pattern, Realm.API, Map.of());
    }

    /** A path for portal tokens, without handlers yet. */
    public static Path ofPortal(String pattern) {
        return new Path(pattern, Realm.PORTAL, Map.of());
    }

    /** The same path, that method answered by that handler. */
    public Path with(String method, Handler handler) {
        Map<String, Handler> more = new LinkedHashMap<>(handlers);
        more.put(method, handler);
        return new Path(pattern, realm, more);
    }

    /** As {@link #with}, for GET and HEAD. */
    public Path get(Handler handler) {
        return with(GET, handler);
    }

    /** As {@link #with}, for POST. */
    public Path post(Handler handler) {
        return with("POST", handler);
    }

    Optional<Handler> handler(String method) {
        return Optional.ofNullable(handlers.get(method.equals(HEAD) ? GET : method));
    }

    /** The methods that are answered, as the header names them. */
    String allow() {
        StringBuilder allow = new StringBuilder();
        for (String method : List.of(GET, HEAD, "POST", "PUT", "DELETE", OPTIONS)) {
            if (handler(method).isPresent() || (method.equals(OPTIONS) && realm == Realm.PORTAL)) {
                allow.append(allow.isEmpty() ? "" : ", ").append(method);
            }
        }
        return allow.toString();
    }

    List<String> segments() {
        return List.of(pattern.substring(1).split("/", -1));
    }
}
