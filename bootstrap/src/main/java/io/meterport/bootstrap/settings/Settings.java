package io.meterport.bootstrap.settings;

import io.meterport.application.meter.MeterDraft;
import io.meterport.application.portal.Freshness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration, checked. Nothing else in Meterport reads configuration; the admin key
 * that the environment may give is no part of it, so that settings can be shown.
 *
 * @param meters the meters of the default namespace that the file declares
 */
public record Settings(
        Server server,
        Auth auth,
        Data data,
        Storage storage,
        Portal portal,
        List<MeterDraft> meters,
        Logging logging) {
    public Settings {
        meters = List.copyOf(meters);
    }

    /**
     * How the server listens.
     *
     * @param operators a listener of its own for all but the portal; absent: one serves both
     * @param ingests how many requests may be storing events at a time
     * @param queries how many may be reading at a time; absent: two for each core
     * @param keptAnswers MiB of portal answers that are kept to be sent again
     * @param trustedProxies addresses and networks whose word on a client's address is taken
     */
    public record Server(
            Listener listener,
            Optional<Listener> operators,
            int connections,
            int ingests,
            Optional<Integer> queries,
            int keptAnswers,
            Deadlines deadlines,
            List<String> trustedProxies) {
        public Server {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * Where a listener listens.
     *
     * @param port 0 picks a free one
     */
    public record Listener(String host, int port) {
        /** Whether only this machine can reach it. */
        public boolean isLoopback() {
            return Parse.isLoopback(host);
        }
    }

    /**
     * How long a client may take, and the server to stop or to get on.
     *
     * @param headers from the first byte of a request to the end of its headers
     * @param body for the body; each 64 KiB of it add a second
     * @param write for taking the answer
     * @param idle between two requests of one connection
     * @param stop for the requests under way when the server stops
     * @param stuck how long what stores events may give no sign of life; zero: for ever
     */
    public record Deadlines(
            Duration headers,
            Duration body,
            Duration write,
            Duration idle,
            Duration stop,
            Duration stuck) {}

    /** Who is let in to all but the portal. */
    public enum Auth {
        /** Holders of API keys. */
        KEYS,
        /** Whoever can reach the server, which must be this machine only. */
        NONE;

        /** How it is written in a configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where the data lives.
     *
     * @param folder made by the first start
     * @param backupFolder where backups go; absent: into the folder {@code backups} there
     * @param eventsKept how long single events are kept; absent: for ever
     */
    public record Data(Path folder, Optional<Path> backupFolder, Optional<Duration> eventsKept) {
        /** Where backups go. */
        public Path backups() {
            return backupFolder.orElseGet(() -> folder.resolve("backups"));
        }
    }

    /**
     * Which storages are used.
     *
     * @param events the type of the event storage
     * @param catalog the type of the storage for definitions, tokens and keys
     * @param options for each type its own options, which its provider understands
     */
    public record Storage(String events, String catalog, Map<String, Map<String, String>> options) {
        public Storage {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }

        /** The options of that type. */
        public Map<String, String> options(String type) {
            return options.getOrDefault(type, Map.of());
        }
    }

    /**
     * What holds for portal tokens and for pages that use them.
     *
     * @param revocations how a node knows of what other nodes revoke
     */
    public record Portal(
            Duration tokenLife,
            Duration longestTokenLife,
            Cors cors,
            Pages pages,
            Rates rates,
            Revocations revocations) {}

    /**
     * How a node knows of what other nodes revoke, where the storage is shared.
     *
     * @param feed how nodes give each other hints
     */
    public record Revocations(Feed feed, Freshness freshness, Redis redis) {}

    /** How nodes give each other hints. */
    public enum Feed {
        /** Not at all. */
        NONE,
        /** Through Redis. */
        REDIS;

        /** How it is written in a configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where Redis is. The password may come from the environment instead.
     *
     * @param name begins each of our keys and channels there
     */
    public record Redis(
            String host,
            int port,
            Optional<String> user,
            Optional<Path> passwordFile,
            boolean tls,
            Optional<Path> authorities,
            String name) {}

    /**
     * Which pages may ask.
     *
     * @param origins their origins, or {@code *} alone for all
     * @param headers request headers allowed beside the usual ones
     */
    public record Cors(List<String> origins, List<String> headers) {
        public Cors {
            origins = List.copyOf(origins);
            headers = List.copyOf(headers);
        }
    }

    /**
     * Which pages are served beside the API.
     *
     * @param embedOrigins the origins whose pages may frame the usage page, or {@code *} alone
     * @param playground whether developers find the playground, where operators are served
     */
    public record Pages(List<String> embedOrigins, boolean playground) {
        public Pages {
            embedOrigins = List.copyOf(embedOrigins);
        }
    }

    /**
     * How often somebody may ask; a steady rate and a burst, zero for no limit.
     *
     * @param queries of one token, and of one subject
     * @param tokens made with one API key
     * @param badTokensPerMinute tries with wrong tokens from one address
     */
    public record Rates(Rate queries, Rate tokens, int badTokensPerMinute) {}

    /** So many a second, lasting, and so many at once; a rate of zero is no limit. */
    public record Rate(int perSecond, int burst) {}

    /** What is logged, to standard error. */
    public record Logging(LogFormat format, LogLevel level) {}

    /** How a log line looks. */
    public enum LogFormat {
        /** For people. */
        TEXT,
        /** One JSON object a line. */
        JSON;

        /** How it is written in a configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** From which weight on something is logged. */
    public enum LogLevel {
        DEBUG,
        INFO,
        WARNING,
        ERROR,
        OFF;

        /** How it is written in a configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
