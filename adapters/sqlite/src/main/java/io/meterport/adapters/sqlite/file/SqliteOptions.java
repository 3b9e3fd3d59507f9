package io.meterport.adapters.sqlite.file;

import io.meterport.application.spi.CombinationCap;
import io.meterport.application.spi.SubjectCap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How a file is opened and used.
 *
 * @param path the file if its name ends with {@code .db}, else the folder that {@code meterport.db}
 *     lies in; made if it is not there
 * @param busyTimeout how long to wait for another program that reads or writes the file
 * @param writerCache how much of the file the writer keeps in memory, in MiB
 * @param readerCache the same for each reader
 * @param queryTimeout after how long a query is stopped
 * @param rawBudget how many events a query or a list may read one by one
 * @param readers how many queries run at a time
 * @param combinations how many combinations of dimension values each meter may tell apart
 * @param subjects how many subjects with events each namespace may have
 */
public record SqliteOptions(
        Path path,
        Duration busyTimeout,
        int writerCache,
        int readerCache,
        Duration queryTimeout,
        int rawBudget,
        int readers,
        CombinationCap combinations,
        SubjectCap subjects) {
    private static final Duration MOST_WAITING = Duration.ofMinutes(10);
    private static final int MOST_CACHE = 65_536;
    private static final int MOST_RAW = 100_000_000;
    private static final int MOST_READERS = 256;

    public SqliteOptions {
        requireBetween("busy-timeout", busyTimeout.toMillis(), 0, MOST_WAITING.toMillis());
        requireBetween("writer-cache", writerCache, 1, MOST_CACHE);
        requireBetween("reader-cache", readerCache, 1, MOST_CACHE);
        requireBetween("query-timeout", queryTimeout.toMillis(), 1, MOST_WAITING.toMillis());
        requireBetween("raw-budget", rawBudget, 0, MOST_RAW);
        requireBetween("readers", readers, 1, MOST_READERS);
    }

    /** What holds for this path where nothing else is said. */
    public static SqliteOptions at(Path path) {
        return new SqliteOptions(
                path,
                Duration.ofSeconds(5),
                128,
                16,
                Duration.ofSeconds(5),
                200_000,
                4,
                CombinationCap.NONE,
                SubjectCap.NONE);
    }

    /**
     * The options of a configuration; durations are written as {@code 500ms}, {@code 5s} or {@code
     * PT5S}. The path must be among them.
     *
     * @throws IllegalArgumentException naming an option that is unknown or wrong
     */
    public static SqliteOptions of(Map<String, String> options) {
        Map<String, String> left = new LinkedHashMap<>(options);
        Map<String, String> given = new LinkedHashMap<>(options);
        for (String name : NAMES) {
            left.remove(name);
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("The SQLite storage has no option "
                    + new TreeSet<>(left.keySet()).first() + ", but " + String.join(", ", NAMES));
        }
        if (!given.containsKey("path")) {
            throw new IllegalArgumentException("The SQLite storage needs the option path");
        }
        SqliteOptions usual = at(Path.of(given.get("path")));
        return new SqliteOptions(
                usual.path,
                read(given, "busy-timeout", SqliteOptions::duration, usual.busyTimeout),
                read(given, "writer-cache", Integer::parseInt, usual.writerCache),
                read(given, "reader-cache", Integer::parseInt, usual.readerCache),
                read(given, "query-timeout", SqliteOptions::duration, usual.queryTimeout),
                read(given, "raw-budget", Integer::parseInt, usual.rawBudget),
                read(given, "readers", Integer::parseInt, usual.readers),
                new CombinationCap(
                        read(
                                given,
                                "warn-combinations",
                                Long::parseLong,
                                usual.combinations.warn()),
                        read(
                                given,
                                "most-combinations",
                                Long::parseLong,
                                usual.combinations.most()),
                        read(
                                given,
                                "beyond-combinations",
                                CombinationCap.Beyond::of,
                                usual.combinations.beyond())),
                new SubjectCap(
                        read(given, "warn-subjects", Long::parseLong, usual.subjects.warn()),
                        read(given, "most-subjects", Long::parseLong, usual.subjects.most())));
    }

    private static final String[] NAMES = {
        "path",
        "busy-timeout",
        "writer-cache",
        "reader-cache",
        "query-timeout",
        "raw-budget",
        "readers",
        "warn-combinations",
        "most-combinations",
        "beyond-combinations",
        "warn-subjects",
        "most-subjects"
    };

    private static <T> T read(
            Map<String, String> given, String name, Function<String, T> reader, T otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return reader.apply(text.strip());
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "The option " + name + " of the SQLite storage cannot be read", e);
        }
    }

    private static Duration duration(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }

    static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("The option " + name
                    + " of the SQLite storage must lie between " + least + " and " + most);
        }
    }
}
