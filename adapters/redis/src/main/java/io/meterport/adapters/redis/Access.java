package io.meterport.adapters.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** How to connect: what the driver wants to know, made once. */
final class Access {
    /** What a command may take. */
    static final Duration BUDGET = Duration.ofMillis(50);
    /** What a new connection may take, in threads that nobody waits for. */
    private static final Duration CONNECTING = Duration.ofSeconds(1);

    private Access() {}

    static HostAndPort address(RedisOptions options) {
        return new HostAndPort(options.host(), options.port());
    }

    /**
     * Asks for no more than the commands named in the operations page: neither for a name of the
     * connection nor for a protocol.
     *
     * @throws IllegalStateException if the certificates cannot be read
     */
    static JedisClientConfig config(RedisOptions options) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .autoNegotiateProtocol(false)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .connectionTimeoutMillis((int) CONNECTING.toMillis())
                .socketTimeoutMillis((int) BUDGET.toMillis());
        options.user().ifPresent(config::user);
        options.password().ifPresent(config::password);
        options.tls().ifPresent(tls -> encrypt(config, tls));
        return config.build();
    }

    /** Its successor takes Java's own kinds of key stores only, and no PEM. */
    @SuppressWarnings("deprecation")
    private static void encrypt(DefaultJedisClientConfig.Builder config, RedisOptions.Tls tls) {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        config.ssl(true).sslParameters(parameters).socketTimeoutMillis((int) CONNECTING.toMillis());
        tls.authorities().ifPresent(file -> {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trusting(file).getTrustManagers(), null);
                config.sslSocketFactory(context.getSocketFactory());
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(
                        "The certificates that Redis is trusted by cannot be read", e);
            }
        });
    }

    private static TrustManagerFactory trusting(Path file)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int number = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry(Integer.toString(number++), each);
            }
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    /** The head that a text names; a text may be anything. */
    static Optional<Long> head(String text) {
        try {
            return text.length() <= 19 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Optional.of(Long.parseLong(text))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
