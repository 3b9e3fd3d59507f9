package io.meterport.adapters.http;

import io.meterport.adapters.http.hosted.HostedSettings;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.ListenerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the API is served.
 *
 * @param at where it is served; everything, unless there is a listener for operators
 * @param operators where all is served but what the holders of portal tokens need
 * @param corsOrigins which origins may use the portal, as browsers write them, or {@code *}
 * @param corsHeaders request headers that pages may set beside the usual ones
 * @param trustedProxies whether a proxy at that address is believed about its clients' addresses
 * @param ingests how many requests may be storing events at a time
 * @param queries how many may be reading usage or events
 * @param keptBytes how many bytes of portal answers are kept to be sent again; zero for none
 * @param hosted which pages are served beside the API
 */
public record HttpSettings(
        Address at,
        Optional<Address> operators,
        Authentication authentication,
        List<String> corsOrigins,
        List<String> corsHeaders,
        Predicate<String> trustedProxies,
        ListenerSettings listener,
        Gate.Limits ingests,
        Gate.Limits queries,
        long keptBytes,
        HostedSettings hosted) {
    /**
     * Where to listen.
     *
     * @param port zero for any that is free
     */
    public record Address(String host, int port) {
        public Address {
            Objects.requireNonNull(host, "host");
        }
    }

    /** Who is let in where API keys are asked for. */
    public enum Authentication {
        /** Holders of API keys. */
        KEYS,
        /** Anybody who names a loopback host; only for listeners on a loopback address. */
        NONE
    }

    private static final Gate.Limits INGESTS = new Gate.Limits(256, 1_024, Duration.ofSeconds(10));
    private static final long KEPT_BYTES = 16L << 20;
    private static final int QUERIES_PER_CORE = 2;
    private static final int QUERIES_WAITING = 50;

    public HttpSettings {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(operators, "operators");
        Objects.requireNonNull(authentication, "authentication");
        corsOrigins = List.copyOf(corsOrigins);
        corsHeaders = List.copyOf(corsHeaders);
        Objects.requireNonNull(trustedProxies, "trustedProxies");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(ingests, "ingests");
        Objects.requireNonNull(queries, "queries");
        Objects.requireNonNull(hosted, "hosted");
    }

    /** Settings of a server that believes no proxy, and whose page nobody may frame. */
    public HttpSettings(
            Address at,
            Optional<Address> operators,
            Authentication authentication,
            List<String> corsOrigins,
            List<String> corsHeaders,
            ListenerSettings listener,
            Gate.Limits ingests,
            Gate.Limits queries) {
        this(
                at,
                operators,
                authentication,
                corsOrigins,
                corsHeaders,
                address -> false,
                listener,
                ingests,
                queries,
                KEPT_BYTES,
                HostedSettings.defaults());
    }

    /** All defaults, at one address. */
    public static HttpSettings at(String host, int port) {
        return new HttpSettings(
                new Address(host, port),
                Optional.empty(),
                Authentication.KEYS,
                List.of("*"),
                List.of(),
                ListenerSettings.defaults(),
                INGESTS,
                defaultQueries());
    }

    /** The same with other limits of the listeners. */
    public HttpSettings with(ListenerSettings other) {
        return new HttpSettings(
                at,
                operators,
                authentication,
                corsOrigins,
                corsHeaders,
                trustedProxies,
                other,
                ingests,
                queries,
                keptBytes,
                hosted);
    }

    /** The same with other pages. */
    public HttpSettings with(HostedSettings other) {
        return new HttpSettings(
                at,
                operators,
                authentication,
                corsOrigins,
                corsHeaders,
                trustedProxies,
                listener,
                ingests,
                queries,
                keptBytes,
                other);
    }

    /** Two for each core at a time, 50 waiting for up to 5 s. */
    public static Gate.Limits defaultQueries() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Gate.Limits(QUERIES_PER_CORE * cores, QUERIES_WAITING, Duration.ofSeconds(5));
    }

    /** 256 at a time, 1,024 waiting for up to 10 s. */
    public static Gate.Limits defaultIngests() {
        return INGESTS;
    }
}
