package io.meterport.bootstrap.settings;

import io.meterport.application.portal.Freshness;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Every key of the configuration but those inside {@code meters} and a storage's options. */
final class Keys {
    private static final Predicate<String> STORAGE_TYPE =
            Pattern.compile("[a-z]+").asMatchPredicate();
    private static final Predicate<String> ORIGIN =
            Pattern.compile("\\*|https?://[A-Za-z0-9.\\[\\]:-]+(:\\d{1,5})?").asMatchPredicate();
    private static final Predicate<String> HEADER =
            Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}").asMatchPredicate();

    private static final Predicate<String> REDIS_NAME =
            Pattern.compile("[A-Za-z0-9._-]{1,64}").asMatchPredicate();

    /** Goes on for a while from what is known when the store does not answer. */
    static final String BOUNDED = "bounded";

    static final Key<String> HOST = host("server.host", "127.0.0.1");
    static final Key<Integer> PORT = port("server.port", "8888");
    static final Key<String> OPERATORS_HOST = host("server.operators.host", "");
    static final Key<Integer> OPERATORS_PORT = port("server.operators.port", "");
    static final Key<Integer> CONNECTIONS =
            number("server.limits.connections", "8192", 1, 1_000_000);
    static final Key<Integer> INGESTS = number("server.limits.ingests", "256", 1, 100_000);
    static final Key<Integer> QUERIES = number("server.limits.queries", "", 1, 100_000);
    static final Key<Integer> KEPT_ANSWERS = number("server.limits.kept-answers", "16", 0, 100_000);
    static final Key<Duration> HEADERS = deadline("server.deadlines.headers", "10s");
    static final Key<Duration> BODY = deadline("server.deadlines.body", "30s");
    static final Key<Duration> WRITE = deadline("server.deadlines.write", "30s");
    static final Key<Duration> IDLE = deadline("server.deadlines.idle", "2m");
    static final Key<Duration> STOP = deadline("server.deadlines.stop", "10s");
    static final Key<Duration> STUCK = new Key<>(
            "server.deadlines.stuck",
            "10s",
            "a time from 1s to 1h, such as 10s, or 0s",
            text -> Parse.duration(Duration.ZERO, Duration.ofHours(1))
                    .apply(text)
                    .filter(stuck -> stuck.isZero() || stuck.toSeconds() > 0));
    static final Key<List<String>> TRUSTED_PROXIES = new Key<>(
            "server.trusted-proxies",
            "",
            "a list of addresses, or networks such as 10.0.0.0/8",
            Parse.list(Network::isNetwork));

    static final Key<Settings.Auth> AUTH = new Key<>(
            "auth.type",
            Settings.Auth.KEYS.word(),
            "keys or none",
            Parse.oneOf(Settings.Auth.class, Settings.Auth::word));

    static final Key<Path> DATA =
            new Key<>("data.dir", "meterport-data", "the path of a folder", Keys::path);
    static final Key<Path> BACKUPS =
            new Key<>("data.backup-dir", "", "the path of a folder", Keys::path);
    static final Key<Duration> EVENTS_KEPT = new Key<>(
            "data.keep-events",
            "",
            "a time from 1d to 36500d, such as 90d or 400d",
            Parse.duration(Duration.ofDays(1), Duration.ofDays(36_500)));

    static final Key<String> EVENTS = storage("storage.events.type");
    static final Key<String> CATALOG = storage("storage.catalog.type");

    static final Key<Duration> TOKEN_LIFE = life("portal.token-life", "24h");
    static final Key<Duration> LONGEST_TOKEN_LIFE = life("portal.longest-token-life", "30d");
    static final Key<List<String>> ORIGINS = new Key<>(
            "portal.cors.origins",
            "*",
            "a list of origins such as https://app.example.com, or * alone",
            text -> Parse.list(ORIGIN).apply(text).filter(Keys::allOrSome));
    static final Key<List<String>> HEADERS_ALLOWED = new Key<>(
            "portal.cors.headers", "", "a list of names of request headers", Parse.list(HEADER));
    static final Key<List<String>> EMBED_ORIGINS = new Key<>(
            "portal.embed.origins",
            "",
            "a list of origins such as https://app.example.com, or * alone, or empty",
            text -> Parse.list(ORIGIN).apply(text).filter(Keys::allOrSomeOrNone));
    static final Key<Boolean> PLAYGROUND =
            new Key<>("portal.playground", "false", "true or false", Parse::flag);
    static final Key<Integer> QUERIES_RATE =
            number("portal.rates.queries-per-second", "10", 0, 1_000_000);
    static final Key<Integer> QUERIES_BURST =
            number("portal.rates.queries-burst", "50", 1, 1_000_000);
    static final Key<Integer> TOKENS_RATE =
            number("portal.rates.tokens-per-second", "50", 0, 1_000_000);
    static final Key<Integer> TOKENS_BURST =
            number("portal.rates.tokens-burst", "200", 1, 1_000_000);
    static final Key<Integer> BAD_TOKENS =
            number("portal.rates.bad-tokens-per-minute", "20", 0, 1_000_000);
    static final Key<Settings.Feed> REVOCATIONS = new Key<>(
            "portal.revocations.type",
            Settings.Feed.NONE.word(),
            "none or redis",
            Parse.oneOf(Settings.Feed.class, Settings.Feed::word));
    static final Key<Duration> MAX_STALENESS = new Key<>(
            "portal.revocations.max-staleness",
            "5s",
            "a time from 0s to 60s, such as 500ms or 5s",
            Parse.duration(Duration.ZERO, Duration.ofMinutes(1)));
    static final Key<String> ON_UNAVAILABLE = new Key<>(
            "portal.revocations.on-unavailable",
            "closed",
            "closed or bounded",
            Parse.matching(Set.of("closed", BOUNDED)::contains));
    static final Key<Duration> MAX_EXTRA = new Key<>(
            "portal.revocations.max-extra",
            "60s",
            "a time from 1s to 300s, such as 60s",
            Parse.duration(Duration.ofSeconds(1), Freshness.MOST_EXTRA));
    static final Key<String> REDIS_HOST = host("portal.revocations.redis.host", "127.0.0.1");
    static final Key<Integer> REDIS_PORT =
            number("portal.revocations.redis.port", "6379", 1, 65_535);
    static final Key<String> REDIS_USER = new Key<>(
            "portal.revocations.redis.user",
            "",
            "the name of a Redis user",
            Parse.matching(REDIS_NAME));
    static final Key<Path> REDIS_PASSWORD_FILE = new Key<>(
            "portal.revocations.redis.password-file", "", "the path of a file", Keys::path);
    static final Key<Boolean> REDIS_TLS =
            new Key<>("portal.revocations.redis.tls", "false", "true or false", Parse::flag);
    static final Key<Path> REDIS_AUTHORITIES =
            new Key<>("portal.revocations.redis.ca-file", "", "the path of a file", Keys::path);
    static final Key<String> REDIS_PREFIX = new Key<>(
            "portal.revocations.redis.name",
            "meterport",
            "1 to 64 letters, digits, dashes, dots or underscores",
            Parse.matching(REDIS_NAME));

    static final Key<Settings.LogFormat> LOG_FORMAT = new Key<>(
            "logging.format",
            Settings.LogFormat.TEXT.word(),
            "text or json",
            Parse.oneOf(Settings.LogFormat.class, Settings.LogFormat::word));
    static final Key<Settings.LogLevel> LOG_LEVEL = new Key<>(
            "logging.level",
            Settings.LogLevel.INFO.word(),
            "debug, info, warning, error or off",
            Parse.oneOf(Settings.LogLevel.class, Settings.LogLevel::word));

    /** All of them, in the order in which the documentation lists them. */
    static final List<Key<?>> ALL = List.of(
            HOST,
            PORT,
            OPERATORS_HOST,
            OPERATORS_PORT,
            CONNECTIONS,
            INGESTS,
            QUERIES,
            KEPT_ANSWERS,
            HEADERS,
            BODY,
            WRITE,
            IDLE,
            STOP,
            STUCK,
            TRUSTED_PROXIES,
            AUTH,
            DATA,
            BACKUPS,
            EVENTS_KEPT,
            EVENTS,
            CATALOG,
            TOKEN_LIFE,
            LONGEST_TOKEN_LIFE,
            ORIGINS,
            HEADERS_ALLOWED,
            EMBED_ORIGINS,
            PLAYGROUND,
            QUERIES_RATE,
            QUERIES_BURST,
            TOKENS_RATE,
            TOKENS_BURST,
            BAD_TOKENS,
            REVOCATIONS,
            MAX_STALENESS,
            ON_UNAVAILABLE,
            MAX_EXTRA,
            REDIS_HOST,
            REDIS_PORT,
            REDIS_USER,
            REDIS_PASSWORD_FILE,
            REDIS_TLS,
            REDIS_AUTHORITIES,
            REDIS_PREFIX,
            LOG_FORMAT,
            LOG_LEVEL);

    private Keys() {}

    private static Key<String> host(String name, String fallback) {
        return new Key<>(
                name, fallback, "an address or a host name", Parse.matching(Parse::isHost));
    }

    private static Key<Integer> port(String name, String fallback) {
        return number(name, fallback, 0, 65_535);
    }

    private static Key<Integer> number(String name, String fallback, int least, int most) {
        String rule = String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most);
        return new Key<>(name, fallback, rule, Parse.number(least, most));
    }

    private static Key<Duration> deadline(String name, String fallback) {
        return new Key<>(
                name,
                fallback,
                "a time from 100ms to 1h, such as 500ms, 10s or 2m",
                Parse.duration(Duration.ofMillis(100), Duration.ofHours(1)));
    }

    private static Key<Duration> life(String name, String fallback) {
        return new Key<>(
                name,
                fallback,
                "a time from 1s to 3650d, such as 15m, 24h or 30d",
                Parse.duration(Duration.ofSeconds(1), Duration.ofDays(3_650)));
    }

    private static Key<String> storage(String name) {
        return new Key<>(name, "sqlite", "the name of a storage", Parse.matching(STORAGE_TYPE));
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean allOrSome(List<String> origins) {
        return !origins.isEmpty() && allOrSomeOrNone(origins);
    }

    private static boolean allOrSomeOrNone(List<String> origins) {
        return origins.size() < 2 || !origins.contains("*");
    }
}
