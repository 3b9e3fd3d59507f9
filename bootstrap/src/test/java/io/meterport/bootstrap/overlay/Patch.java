package io.meterport.bootstrap.overlay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of source files in the form of {@code diff -u}, below lines that say what it is. Its
 * places are found by their text, which has to stand there exactly once, and not by line numbers.
 *
 * @param what which bug it brings in
 * @param module the folder of the module that has the proof
 * @param proof the test that has to fail, a class or {@code class#method}
 */
public record Patch(String name, String what, String module, String proof, List<Hunk> hunks) {
    /** Lines of that source in the tree that make place for others. */
    record Hunk(String file, String before, String after) {}

    public Patch {
        hunks = List.copyOf(hunks);
    }

    /** Reads one. */
    public static Patch read(Path path) throws IOException {
        String what = "";
        String proof = "";
        String file = "";
        List<Hunk> hunks = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("Bug: ")) {
                what = line.substring(5);
            } else if (line.startsWith("Caught by: ")) {
                proof = line.substring(11);
            } else if (line.startsWith("+++ b/")) {
                file = line.substring(6);
            } else if (line.startsWith("@@")) {
                hunks.add(new Hunk(file, "", ""));
            } else if (!hunks.isEmpty() && !line.startsWith("--- ")) {
                hunks.add(with(hunks.removeLast(), line));
            }
        }
        int space = proof.indexOf(' ');
        return new Patch(
                String.valueOf(path.getFileName()).replace(".patch", ""),
                what,
                proof.substring(0, space),
                proof.substring(space + 1),
                hunks);
    }

    /**
     * The changed sources, by their paths in the tree.
     *
     * @throws IllegalStateException if a place is not there, or there more than once
     */
    public Map<String, String> apply() throws IOException {
        Map<String, String> changed = new LinkedHashMap<>();
        for (Hunk hunk : hunks) {
            String file = hunk.file();
            String text = changed.containsKey(file) ? changed.get(file) : Overlay.source(file);
            int at = text.indexOf(hunk.before());
            if (at < 0 || text.indexOf(hunk.before(), at + 1) >= 0) {
                throw new IllegalStateException(name + " does not apply to " + file
                        + (at < 0 ? ": its place is gone" : ": it has several places")
                        + "; make the patch anew");
            }
            changed.put(
                    file,
                    text.substring(0, at)
                            + hunk.after()
                            + text.substring(at + hunk.before().length()));
        }
        return changed;
    }

    private static Hunk with(Hunk hunk, String line) {
        String rest = (line.isEmpty() ? "" : line.substring(1)) + "\n";
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '-' -> new Hunk(hunk.file(), hunk.before() + rest, hunk.after());
            case '+' -> new Hunk(hunk.file(), hunk.before(), hunk.after() + rest);
            default -> new Hunk(hunk.file(), hunk.before() + rest, hunk.after() + rest);
        };
    }
}
