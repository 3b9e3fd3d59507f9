package io.meterport.adapters.redis;

import io.meterport.application.spi.DefinitionFeed;
import io.meterport.application.spi.Feeds;
import io.meterport.application.spi.RevocationFeed;
import io.meterport.application.spi.UsageFeed;
import io.meterport.application.spi.UsageHint;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Hints through Redis: the last head lies under a key and every change is published. One thread
 * tells, another hears; both begin again for as long as they are not closed, and nobody else ever
 * waits for Redis. Thread-safe.
 */
public final class RedisFeeds implements Feeds {
    /** After two failures in a row Redis is left alone for so long. */
    private static final Duration BREAK = Duration.ofSeconds(1);
    /** A subscription is asked for a sign of life this often, */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /** and given up when none has come for so long. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final int CHANNELS = 3;

    private final RedisOptions options;
    private final Duration pause;
    private final RedisClient client;
    private final Telling telling = new Telling();
    private final Hearing hearing = new Hearing();
    private final AtomicLong failures = new AtomicLong();
    private final Thread teller;
    private final Thread hearer;
    private volatile Optional<Subscription> subscription = Optional.empty();
    private volatile boolean canTell = true;
    private volatile boolean isClosed;

    /** One connection on which we hear. */
    private final class Subscription extends JedisPubSub {
        private final Connection connection;
        private volatile boolean isWhole;

        Subscription(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void onSubscribe(String channel, int count) {
            if (count == CHANNELS) {
                // The driver waits for ever; with heartbeats, silence means that nobody is there.
                connection.setSoTimeout((int) SILENCE.toMillis());
                // What was missed cannot be known, so everything is looked at again.
                Optional.ofNullable(client.get(options.place("head"))).ifPresent(hearing::head);
                hearing.definitions();
                isWhole = true;
            }
        }

        @Override
        public void onMessage(String channel, String message) {
            if (channel.equals(options.place("head"))) {
                hearing.head(message);
            } else if (channel.equals(options.place("definitions"))) {
                hearing.definitions();
            } else {
                hearing.usage(message);
            }
        }

        void beat() {
            if (isWhole) {
                ping();
            }
        }

        void cut() {
            try {
                connection.forceDisconnect();
            } catch (IOException e) {
                failures.incrementAndGet();
            }
        }
    }

    private RedisFeeds(RedisOptions options, Duration pause) {
        this.options = options;
        this.pause = pause;
        this.client = RedisClient.builder()
                .hostAndPort(Access.address(options))
                .clientConfig(Access.config(options))
                .poolConfig(alive())
                .build();
        this.teller = Thread.ofPlatform().name("redis-tells").daemon().unstarted(this::tell);
        this.hearer = Thread.ofPlatform().name("redis-hears").daemon().unstarted(this::hear);
    }

    /** A connection that was cut while nobody used it is found out before something is told on it. */
    private static ConnectionPoolConfig alive() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setTestOnBorrow(true);
        return pool;
    }

    /**
     * Begins; whether Redis is there already or not at all changes nothing.
     *
     * @throws IllegalStateException if the certificates of the options cannot be read
     */
    public static RedisFeeds open(RedisOptions options) {
        return open(options, BREAK);
    }

    /** As that, leaving Redis alone for so long after two failures in a row. */
    static RedisFeeds open(RedisOptions options, Duration pause) {
        RedisFeeds feeds = new RedisFeeds(options, pause);
        feeds.teller.start();
        feeds.hearer.start();
        return feeds;
    }

    @Override
    public RevocationFeed revocations() {
        return new RevocationFeed() {
            @Override
            public void announce(long head) {
                telling.head(head);
            }

            @Override
            public void subscribe(LongConsumer moved) {
                hearing.onHead(moved);
            }
        };
    }

    @Override
    public DefinitionFeed definitions() {
        return new DefinitionFeed() {
            @Override
            public void announce() {
                telling.definitions();
            }

            @Override
            public void subscribe(Runnable changed) {
                hearing.onDefinitions(changed);
            }
        };
    }

    @Override
    public UsageFeed usage() {
        return new UsageFeed() {
            @Override
            public void announce(Collection<UsageHint> hints) {
                telling.usage(hints);
            }

            @Override
            public void subscribe(Consumer<UsageHint> changed) {
                hearing.onUsage(changed);
            }
        };
    }

    @Override
    public boolean isUp() {
        return canTell && subscription.filter(each -> each.isWhole).isPresent();
    }

    @Override
    public long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        isClosed = true;
        telling.end();
        teller.interrupt();
        hearer.interrupt();
        subscription.ifPresent(Subscription::cut);
        try {
            teller.join(BREAK);
            hearer.join(BREAK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    /** One answer that took too long, such as the first of all, must not make the next hint late. */
    private void tell() {
        int failuresInARow = 0;
        while (!isClosed) {
            try {
                Telling.Words words = telling.take(HEARTBEAT);
                if (words.isNothing()) {
                    client.ping(); // Whoever asks whether this is up means that it can tell, too.
                } else {
                    tell(words);
                }
                subscription.ifPresent(Subscription::beat);
                canTell = true;
                failuresInARow = 0;
            } catch (InterruptedException e) {
                return;
            } catch (JedisException e) {
                canTell = false;
                failures.incrementAndGet();
                if (failuresInARow++ > 0) {
                    leaveAlone();
                }
            }
        }
    }

    /** A head that could not be told is told again, unless there is a higher one by then. */
    private void tell(Telling.Words words) {
        try {
            words.head().map(String::valueOf).ifPresent(head -> {
                client.set(options.place("head"), head);
                client.publish(options.place("head"), head);
            });
            if (words.definitions()) {
                client.publish(options.place("definitions"), "");
            }
            if (!words.usage().isEmpty()) {
                client.publish(options.place("usage"), Hearing.written(words.usage()));
            }
        } catch (JedisException e) {
            words.head().ifPresent(telling::head);
            if (words.definitions()) {
                telling.definitions();
            }
            throw e;
        }
    }

    private void hear() {
        while (!isClosed) {
            try (Connection connection =
                    new Connection(Access.address(options), Access.config(options))) {
                Subscription own = new Subscription(connection);
                subscription = Optional.of(own);
                own.proceed(
                        connection,
                        options.place("head"),
                        options.place("definitions"),
                        options.place("usage"));
            } catch (JedisException e) {
                subscription = Optional.empty();
                if (!isClosed) {
                    failures.incrementAndGet();
                    leaveAlone();
                }
            }
        }
    }

    private void leaveAlone() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
