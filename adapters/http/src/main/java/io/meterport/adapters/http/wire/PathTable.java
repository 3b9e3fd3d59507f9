package io.meterport.adapters.http.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the path that a request is for. Segments are compared after decoding and nothing is
 * normalised: neither double slashes, nor dots, nor matrix parameters lead anywhere else.
 */
final class PathTable {
    /** A path with what stands for its segments in braces. */
    record Match(Path path, Map<String, String> values) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private Optional<Node> any = Optional.empty();
        private Optional<Path> path = Optional.empty();
    }

    private final Node root = new Node();

    PathTable(List<Path> paths) {
        paths.forEach(this::add);
    }

    /** The path of that raw target path; empty if there is none. */
    Optional<Match> find(String rawPath) {
        if (rawPath.isEmpty() || rawPath.charAt(0) != '/') {
            return Optional.empty();
        }
        Node node = root;
        List<String> values = List.of();
        int start = 1;
        while (start <= rawPath.length()) {
            int slash = rawPath.indexOf('/', start);
            int end = slash < 0 ? rawPath.length() : slash;
            String segment = Percent.path(rawPath.substring(start, end));
            Node next = node.literals.get(segment);
            if (next == null) {
                if (node.any.isEmpty() || segment.isEmpty()) {
                    return Optional.empty();
                }
                next = node.any.get();
                values = values.isEmpty() ? new ArrayList<>() : values;
                values.add(segment);
            }
            node = next;
            start = end + 1;
        }
        List<String> found = values;
        return node.path.map(path -> new Match(path, named(path, found)));
    }

    private void add(Path path) {
        Node node = root;
        for (String segment : path.segments()) {
            if (segment.startsWith("{")) {
                if (node.any.isEmpty()) {
                    node.any = Optional.of(new Node());
                }
                node = node.any.get();
            } else {
                node = node.literals.computeIfAbsent(segment, s -> new Node());
            }
        }
        if (node.path.isPresent()) {
            throw new IllegalArgumentException("there are two paths " + path.pattern());
        }
        node.path = Optional.of(path);
    }

    private static Map<String, String> named(Path path, List<String> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (String segment : path.segments()) {
            if (segment.startsWith("{")) {
                named.put(segment.substring(1, segment.length() - 1), values.get(named.size()));
            }
        }
        return named;
    }
}
