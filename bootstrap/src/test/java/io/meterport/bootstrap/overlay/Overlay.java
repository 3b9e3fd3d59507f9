package io.meterport.bootstrap.overlay;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles changed copies of some of the product's sources into a folder. First on a class path,
 * they take the place of what they were copied from; the product itself has no switch for it.
 */
public final class Overlay {
    /** Where the source tree is, seen from this module. */
    public static final Path TREE = Path.of("..");

    private Overlay() {}

    /**
     * Compiles these sources.
     *
     * @param sources texts by their path in the source tree
     * @param place a folder for copies and classes
     * @return the folder of the classes
     */
    public static Path compile(Map<String, String> sources, Path place) throws IOException {
        Path classes = Files.createDirectories(place.resolve("classes"));
        List<Path> copies = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path copy = place.resolve("sources").resolve(source.getKey());
            Files.createDirectories(copy.getParent());
            copies.add(Files.writeString(copy, source.getValue()));
        }
        List<String> options = List.of(
                "-d", classes.toString(),
                "-classpath", System.getProperty("java.class.path"),
                "-proc:none", "-nowarn");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(copies);
            if (!compiler.getTask(said, files, null, options, null, units).call()) {
                throw new IllegalStateException("it does not compile: " + said);
            }
        }
        return classes;
    }

    /** The text of one of the product's sources. */
    public static String source(String path) throws IOException {
        return Files.readString(TREE.resolve(path));
    }
}
