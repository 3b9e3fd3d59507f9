package io.meterport.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A request as the files in {@code raw-http} write it. A case begins with {@code ===} and its name;
 * then come the statuses that each way to the server may answer, apart with {@code |}, where a minus
 * means that the connection ends without an answer and a plus that there are several answers. Who has
 * none of its own has those of {@code direct}. {@code then: finish} ends the sending after it. What
 * follows {@code ---} is sent: each line ends with CR LF unless a backslash is its last character;
 * {@code \n}, {@code \r}, {@code \t}, {@code \xHH} and {@code \\} are the usual; {@code {x:9}} is
 * nine times an x, {@code {lines:9}} nine headers, {@code {hidden}} a whole request of its own.
 *
 * @param text each char is a byte; placeholders are still in it
 */
record RawCase(String name, Map<String, String> answers, boolean finish, String text) {
    private static final Path FOLDER = Path.of("src", "test", "resources", "raw-http");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-f]{2})|([nrt\\\\]))");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)(?::([0-9]+))?}");
    private static final String HIDDEN =
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /** All of them. */
    static List<RawCase> all() {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().flatMap(file -> of(file).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statuses that may be answered on that way. */
    List<String> allowed(String way) {
        String text = answers.getOrDefault(way, answers.getOrDefault("direct", ""));
        return Arrays.asList(text.split("\\|"));
    }

    /** What is sent, with these texts for their names. */
    String request(Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "x" -> "x".repeat(Integer.parseInt(found.group(2)));
                            case "lines" -> lines(Integer.parseInt(found.group(2)));
                            case "hidden" -> HIDDEN;
                            case "hidden-length" -> String.valueOf(HIDDEN.length());
                            default -> values.get(found.group(1));
                        }));
    }

    @Override
    public String toString() {
        return name;
    }

    private static String lines(int count) {
        StringBuilder lines = new StringBuilder();
        IntStream.range(1, count).forEach(i -> lines.append("X-").append(i).append(": 1\r\n"));
        return lines + "X-0: 1";
    }

    private static List<RawCase> of(Path file) {
        try {
            List<RawCase> cases = new ArrayList<>();
            String all = Files.readString(file, StandardCharsets.UTF_8);
            for (String part : all.substring(all.indexOf("\n=== ") + 1).split("(?m)^=== ", -1)) {
                if (!part.isBlank()) {
                    cases.add(one(part));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawCase one(String part) {
        int split = part.indexOf("\n---\n");
        List<String> head = part.substring(0, split).lines().toList();
        Map<String, String> answers = new HashMap<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(": ");
            answers.put(line.substring(0, colon), line.substring(colon + 2));
        }
        boolean finish = "finish".equals(answers.remove("then"));
        String body = part.substring(split + 5);
        // The empty line before the next case is not sent.
        return new RawCase(
                head.getFirst(),
                answers,
                finish,
                bytes(body.endsWith("\n\n") ? body.substring(0, body.length() - 1) : body));
    }

    private static String bytes(String body) {
        StringBuilder sent = new StringBuilder();
        for (String line : body.split("\n", -1)) {
            boolean goesOn = line.endsWith("\\") && !line.endsWith("\\\\");
            sent.append(goesOn ? line.substring(0, line.length() - 1) : line + "\\r\\n");
        }
        sent.setLength(sent.length() - (body.endsWith("\n") ? 4 : 0));
        return ESCAPE.matcher(sent)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? switch (found.group(2)) {
                                    case "n" -> "\n";
                                    case "r" -> "\r";
                                    case "t" -> "\t";
                                    default -> "\\";
                                }
                                : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
