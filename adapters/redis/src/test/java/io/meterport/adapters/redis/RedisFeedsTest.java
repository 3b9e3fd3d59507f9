package io.meterport.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.UsageHint;
import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class RedisFeedsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestRedis redis;

    private final FaultProxy proxy = new FaultProxy(redis.port());
    private final RedisFeeds here = RedisFeeds.open(redis.options());
    private final RedisFeeds there = RedisFeeds.open(TestRedis.options(proxy.port()));
    private final Queue<Long> heard = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start().ready();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        proxy.close();
        try (RedisClient client = redis.client()) {
            client.flushAll();
        }
    }

    @Test
    void tellsOtherNodesOfTheHead() {
        listen();

        here.revocations().announce(7);

        await(() -> heard.contains(7L));
        try (RedisClient client = redis.client()) {
            assertThat(client.get("{meterport}:head")).isEqualTo("7");
        }
    }

    @Test
    void tellsOtherNodesThatMetersChanged() {
        AtomicInteger changes = new AtomicInteger();
        there.definitions().subscribe(changes::incrementAndGet);
        awaitUp();
        int before = changes.get();

        here.definitions().announce();

        await(() -> changes.get() > before);
    }

    @Test
    void tellsOtherNodesWhoseUsageChangedAndNotWhoThatIs() {
        Queue<UsageHint> hints = new ConcurrentLinkedQueue<>();
        there.usage().subscribe(hints::add);
        awaitUp();
        UsageHint hint = new UsageHint(
                UsageHint.placeOf(Namespace.DEFAULT, new SubjectKey("alice")),
                new EventType("a type with spaces"));

        here.usage().announce(List.of(hint));

        await(() -> hints.contains(hint));
        assertThat(hint.place()).hasSize(22).doesNotContain("alice");
    }

    @Test
    void tellsOfTheLastOfManyHeadsAndNotOfEach() {
        listen();

        for (long head = 1; head <= 1_000; head++) {
            here.revocations().announce(head);
        }

        await(() -> heard.contains(1_000L));
        assertThat(heard).hasSizeLessThan(1_000);
    }

    @Test
    void hearsTheLastHeadWhenAConnectionThatWasLostIsThereAgain() {
        listen();

        proxy.refuse();
        await(() -> !there.isUp());
        here.revocations().announce(41);
        here.revocations().announce(42);
        proxy.heal();

        await(() -> heard.contains(42L));
        assertThat(there.failures()).isPositive();
    }

    /** What lies unused is cut as well, and must not be taken for a Redis that fails once more. */
    @Test
    void aCutCostsNoMoreThanOneNewBeginning() {
        listen();
        there.revocations().announce(1);
        await(() -> heard.contains(1L));
        boolean once = false;
        for (long head = 2; head < 6 && !once; head++) {
            long awaited = head;
            long before = there.failures();

            proxy.cut();
            await(() -> there.failures() > before && there.isUp());
            here.revocations().announce(head);
            await(() -> heard.contains(awaited));

            // Rarely its heart beats at the moment of the cut, and fails for itself.
            once = there.failures() == before + 1;
        }
        assertThat(once).isTrue();
    }

    /** Whether Redis answers again in time for the second try is up to chance, so there are some. */
    @Test
    void whatCouldNotBeToldOnceIsToldAgainAtOnce() {
        here.revocations().subscribe(heard::add);
        await(here::isUp);

        for (long head = 1; head <= 20 && heard.isEmpty(); head++) {
            try (RedisFeeds patient =
                    RedisFeeds.open(TestRedis.options(proxy.port()), Duration.ofHours(1))) {
                await(patient::isUp);
                proxy.mute();
                patient.revocations().announce(head);
                while (patient.failures() == 0) {
                    Thread.onSpinWait();
                }
                proxy.heal();
                await(() -> !heard.isEmpty() || patient.failures() > 1);
            }
        }

        assertThat(heard).isNotEmpty();
    }

    /** I3: Redis does not answer, and no reset comes either. */
    @Test
    void noticesAConnectionOnWhichNothingComesAnyMore() {
        listen();

        proxy.mute();
        await(() -> !there.isUp());
        here.revocations().announce(43);
        proxy.heal();

        await(() -> heard.contains(43L));
    }

    @Test
    void tellsAgainWhatCouldNotBeToldWhenRedisIsBack() {
        listen();

        redis.kill();
        here.revocations().announce(44);
        await(() -> !here.isUp());
        redis.restart();

        await(() -> heard.contains(44L));
    }

    /** Whoever announces waits for nothing, whatever happens to Redis. */
    @Test
    void announcingDoesNotWait() {
        listen();
        redis.freeze();
        try {
            long begun = System.nanoTime();
            for (long head = 100; head < 10_100; head++) {
                here.revocations().announce(head);
            }
            // Were each of them to wait for its 50 ms, it would be 500 s.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
        } finally {
            redis.thaw();
        }
        await(() -> heard.contains(10_099L));
    }

    /** I5: whoever gets at Redis can send what he likes. */
    @Test
    void textsThatAreNoHintsAreNotHeard() {
        Queue<UsageHint> hints = new ConcurrentLinkedQueue<>();
        there.usage().subscribe(hints::add);
        listen();

        try (RedisClient client = redis.client()) {
            for (String text : List.of(
                    "", "-1", "1e9", "99999999999999999999", "٣", " 5", "x".repeat(1_000_000))) {
                client.publish("{meterport}:head", text);
                client.publish("{meterport}:usage", text);
            }
            client.publish("{meterport}:usage", "a".repeat(22) + " \n\n" + "b".repeat(23));
            client.publish("{meterport}:head", Long.toString(Long.MAX_VALUE));
        }

        await(() -> heard.contains(Long.MAX_VALUE));
        assertThat(heard).containsExactly(Long.MAX_VALUE);
        assertThat(hints).isEmpty();
        assertThat(there.isUp()).isTrue();
    }

    @Test
    void aUserNeedsNoMoreThanThesePermissions() {
        try (TestRedis strict = TestRedis.start(
                "--user",
                "portal",
                "on",
                ">only-for-tests",
                "~{meterport}:head",
                "resetchannels",
                "&{meterport}:*",
                "-@all",
                "+get",
                "+set",
                "+publish",
                "+subscribe",
                "+ping")) {
            strict.ready();
            RedisOptions options = new RedisOptions(
                    "127.0.0.1",
                    strict.port(),
                    Optional.of("portal"),
                    Optional.of("only-for-tests"),
                    Optional.empty(),
                    "meterport");
            try (RedisFeeds one = RedisFeeds.open(options);
                    RedisFeeds other = RedisFeeds.open(options)) {
                other.revocations().subscribe(heard::add);
                await(() -> one.isUp() && other.isUp());

                one.revocations().announce(5);

                await(() -> heard.contains(5L));
                assertThat(options.toString()).doesNotContain("only-for-tests");
            }
        }
    }

    @Test
    void encryptsAndKnowsTheServer(@TempDir Path folder) throws Exception {
        run(
                folder,
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
        run(
                folder,
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                "other-key.pem",
                "-out",
                "other.pem",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
        int port = TestRedis.freePort();
        try (TestRedis secure = TestRedis.start(
                        "--tls-cert-file",
                        folder.resolve("cert.pem").toString(),
                        "--tls-key-file",
                        folder.resolve("key.pem").toString(),
                        "--tls-ca-cert-file",
                        folder.resolve("cert.pem").toString(),
                        "--tls-auth-clients",
                        "no",
                        "--tls-replication",
                        "no",
                        "--port",
                        "0",
                        "--tls-port",
                        "" + port);
                RedisFeeds knowing = RedisFeeds.open(tls(port, folder, "cert.pem"));
                RedisFeeds doubting = RedisFeeds.open(tls(port, folder, "other.pem"))) {
            knowing.revocations().subscribe(heard::add);
            await(knowing::isUp);

            knowing.revocations().announce(6);

            await(() -> heard.contains(6L));
            await(() -> doubting.failures() > 1);
            assertThat(doubting.isUp()).isFalse();
            assertThat(secure.port()).isPositive();
        }
    }

    /** The oldest that we support comes as a Maven artifact; the system's is another. */
    @Test
    void worksWithRedis62() throws Exception {
        Path program = Files.createTempFile("redis-server-6.2", "");
        try (var binary = redis.embedded.RedisServer.class.getResourceAsStream(
                "/redis-server-6.2.6-v5-linux-amd64")) {
            Files.write(program, binary.readAllBytes());
        }
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (TestRedis old = TestRedis.of(program.toString()).ready();
                RedisFeeds one = RedisFeeds.open(old.options());
                RedisFeeds other = RedisFeeds.open(old.options())) {
            other.revocations().subscribe(heard::add);
            await(() -> one.isUp() && other.isUp());

            one.revocations().announce(62);

            await(() -> heard.contains(62L));
            try (RedisClient client = old.client()) {
                assertThat(client.info("server")).contains("redis_version:6.2");
            }
        } finally {
            Files.delete(program);
        }
    }

    private static RedisOptions tls(int port, Path folder, String authority) {
        return new RedisOptions(
                "127.0.0.1",
                port,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new RedisOptions.Tls(Optional.of(folder.resolve(authority)))),
                "meterport");
    }

    private static void run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private void listen() {
        there.revocations().subscribe(heard::add);
        awaitUp();
    }

    private void awaitUp() {
        await(() -> here.isUp() && there.isUp());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
