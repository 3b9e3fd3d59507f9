package io.meterport.adapters.redis;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where Redis is and who we are there.
 *
 * @param user absent: the default one
 * @param password absent: none is sent
 * @param tls absent: the connection is not encrypted
 * @param name begins every key and channel; another one for each installation that shares a Redis
 */
public record RedisOptions(
        String host,
        int port,
        Optional<String> user,
        Optional<String> password,
        Optional<Tls> tls,
        String name) {
    /**
     * An encrypted connection, to a server whose certificate is made out to the host.
     *
     * @param authorities a PEM file of those that may have signed it; absent: those Java trusts
     */
    public record Tls(Optional<Path> authorities) {
        public Tls {
            Objects.requireNonNull(authorities, "authorities");
        }
    }

    public RedisOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(name, "name");
    }

    /** A key or channel of that name; all of ours lie in one slot of a cluster. */
    String place(String what) {
        return "{" + name + "}:" + what;
    }

    @Override
    public String toString() {
        return "RedisOptions[" + host + ":" + port + "]";
    }
}
