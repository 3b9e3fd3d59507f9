package io.meterport.adapters.postgres.server;

import io.meterport.application.spi.CombinationCap;
import io.meterport.application.spi.SubjectCap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How the server is reached and used.
 *
 * @param url of the database, such as {@code jdbc:postgresql://db.example.com:5432/meterport}; never
 *     holds a password
 * @param user to log in as
 * @param password its password, unless it stands in a file or none is needed
 * @param passwordFile the file whose first line is the password; read for each new connection
 * @param tls whether the connection is encrypted, and how sure one is of the server
 * @param tlsRoots a file of certificates to trust instead of those that Java trusts
 * @param pool the most connections
 * @param poolTimeout how long a request waits for a connection
 * @param queryTimeout after how long a query is stopped
 * @param writeTimeout after how long a statement that writes, or waits for others, is stopped
 * @param rawBudget how many events a query or a list may read one by one
 * @param combinations how many combinations of dimension values each meter may tell apart
 * @param subjects how many subjects with events each namespace may have
 * @param prepared whether statements stay prepared on their connection, which some poolers do not
 *     allow
 * @param migrate whether older tables are brought up to date when the storage is opened
 */
public record PostgresOptions(
        String url,
        String user,
        Optional<String> password,
        Optional<Path> passwordFile,
        Tls tls,
        Optional<Path> tlsRoots,
        int pool,
        Duration poolTimeout,
        Duration queryTimeout,
        Duration writeTimeout,
        int rawBudget,
        CombinationCap combinations,
        SubjectCap subjects,
        boolean prepared,
        boolean migrate) {
    /** How a connection is encrypted. */
    public enum Tls {
        /** Not at all. */
        OFF("disable"),
        /** Encrypted, to whoever answers. */
        REQUIRE("require"),
        /** Encrypted, and the server's certificate is valid for its name. */
        VERIFY("verify-full");

        private final String mode;

        Tls(String mode) {
            this.mode = mode;
        }

        /** The driver's word for it. */
        String mode() {
            return mode;
        }
    }

    private static final String PREFIX = "jdbc:postgresql:";
    private static final List<String> NAMES = List.of(
            "url",
            "user",
            "password",
            "password-file",
            "tls",
            "tls-roots",
            "pool",
            "pool-timeout",
            "query-timeout",
            "write-timeout",
            "raw-budget",
            "warn-combinations",
            "most-combinations",
            "beyond-combinations",
            "warn-subjects",
            "most-subjects",
            "prepared",
            "migrate");
    private static final Duration MOST_WAITING = Duration.ofMinutes(10);
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_RAW = 100_000_000;

    public PostgresOptions {
        require(url.startsWith(PREFIX), "url", "begin with " + PREFIX + "//");
        require(
                !url.toLowerCase(Locale.ROOT).matches(".*[?&](password|user)=.*")
                        && !url.contains("@"),
                "url",
                "hold neither user nor password: they have options of their own");
        require(
                password.isEmpty() || passwordFile.isEmpty(),
                "password",
                "not stand beside a file");
        requireBetween("pool", pool, 2, MOST_CONNECTIONS);
        requireBetween("pool-timeout", poolTimeout.toMillis(), 250, MOST_WAITING.toMillis());
        requireBetween("query-timeout", queryTimeout.toMillis(), 1_000, MOST_WAITING.toMillis());
        requireBetween("write-timeout", writeTimeout.toMillis(), 1_000, MOST_WAITING.toMillis());
        requireBetween("raw-budget", rawBudget, 0, MOST_RAW);
    }

    /** What holds for this database and user where nothing else is said. */
    public static PostgresOptions at(String url, String user) {
        return new PostgresOptions(
                url,
                user,
                Optional.empty(),
                Optional.empty(),
                isLocal(url) ? Tls.OFF : Tls.VERIFY,
                Optional.empty(),
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                200_000,
                CombinationCap.NONE,
                SubjectCap.NONE,
                true,
                true);
    }

    /**
     * The options of a configuration; durations are written as {@code 500ms}, {@code 5s} or {@code
     * PT5S}. The URL and the user must be among them.
     *
     * @throws IllegalArgumentException naming an option that is unknown or wrong; never with its value
     */
    public static PostgresOptions of(Map<String, String> options) {
        Map<String, String> unknown = new LinkedHashMap<>(options);
        NAMES.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("The PostgreSQL storage has no option "
                    + new TreeSet<>(unknown.keySet()).first() + ", but "
                    + String.join(", ", NAMES));
        }
        String url = needed(options, "url").strip();
        PostgresOptions usual = at(
                url.startsWith("postgresql:") ? "jdbc:" + url : url,
                needed(options, "user").strip());
        return new PostgresOptions(
                usual.url,
                usual.user,
                Optional.ofNullable(options.get("password")),
                Optional.ofNullable(options.get("password-file")).map(Path::of),
                read(options, "tls", PostgresOptions::tls, usual.tls),
                Optional.ofNullable(options.get("tls-roots")).map(Path::of),
                read(options, "pool", Integer::parseInt, usual.pool),
                read(options, "pool-timeout", PostgresOptions::duration, usual.poolTimeout),
                read(options, "query-timeout", PostgresOptions::duration, usual.queryTimeout),
                read(options, "write-timeout", PostgresOptions::duration, usual.writeTimeout),
                read(options, "raw-budget", Integer::parseInt, usual.rawBudget),
                combinations(options, usual.combinations),
                subjects(options, usual.subjects),
                read(options, "prepared", PostgresOptions::flag, usual.prepared),
                read(options, "migrate", PostgresOptions::flag, usual.migrate));
    }

    /** Says where, and not with which password. */
    @Override
    public String toString() {
        return "PostgresOptions[" + url + " as " + user + "]";
    }

    private static boolean isLocal(String url) {
        return url.matches(
                PREFIX + "(//(localhost|127\\.0\\.0\\.1|\\[::1])?(:\\d+)?(/.*)?|/?[^/]*)");
    }

    private static String needed(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "The PostgreSQL storage needs the option " + name));
    }

    private static <T> T read(
            Map<String, String> given, String name, Function<String, T> reader, T otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "The option " + name + " of the PostgreSQL storage cannot be read", e);
        }
    }

    private static CombinationCap combinations(Map<String, String> options, CombinationCap usual) {
        return new CombinationCap(
                read(options, "warn-combinations", Long::parseLong, usual.warn()),
                read(options, "most-combinations", Long::parseLong, usual.most()),
                read(options, "beyond-combinations", CombinationCap.Beyond::of, usual.beyond()));
    }

    private static SubjectCap subjects(Map<String, String> options, SubjectCap usual) {
        return new SubjectCap(
                read(options, "warn-subjects", Long::parseLong, usual.warn()),
                read(options, "most-subjects", Long::parseLong, usual.most()));
    }

    private static Tls tls(String text) {
        return Tls.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Duration duration(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }

    private static void requireBetween(String name, long value, long least, long most) {
        require(value >= least && value <= most, name, "lie between " + least + " and " + most);
    }

    private static void require(boolean condition, String name, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "The option " + name + " of the PostgreSQL storage must " + rule);
        }
    }
}
