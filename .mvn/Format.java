import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Formats every Java file below a folder ({@code apply}), or fails and names those that are not
 * formatted ({@code check}). Maven runs this file as it is, on the JDK that compiles: the
 * formatter reads Java with that JDK's own parser.
 */
final class Format {
    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");
    /** 100 columns and an indent of four. */
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.AOSP).build());

    private Format() {}

    public static void main(String... arguments) throws IOException {
        boolean apply = arguments[0].equals("apply");
        List<Path> sources = sources(Path.of(arguments[1]).normalize());
        List<Path> wrong =
                sources.parallelStream().filter(Format::differs).sorted().toList();
        for (Path file : wrong) {
            if (apply) {
                Files.writeString(file, formatted(file));
            }
            System.out.println((apply ? "formatted " : "not formatted: ") + file);
        }
        if (!wrong.isEmpty() && !apply) {
            System.out.println("Run \"mvn -N -Pformat validate\" to format them.");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(
                            child -> !SKIPPED.contains(child.getFileName().toString()))
                    .flatMap(Format::sourcesAt)
                    .toList();
        }
    }

    private static Stream<Path> sourcesAt(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return sources(path).stream();
            }
            return path.toString().endsWith(".java") ? Stream.of(path) : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean differs(Path file) {
        try {
            return !formatted(file).equals(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String formatted(Path file) throws IOException {
        try {
            String tidy = RemoveUnusedImports.removeUnusedImports(Files.readString(file));
            // Google's order has no blank lines between groups of imports.
            return FORMATTER.formatSource(ImportOrderer.reorderImports(tidy, Style.GOOGLE));
        } catch (FormatterException e) {
            throw new IOException(file + " cannot be read as Java: " + e.getMessage(), e);
        }
    }
}
