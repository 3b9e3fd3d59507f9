package io.meterport.bootstrap;

import io.meterport.adapters.http.HttpServer;
import io.meterport.adapters.http.HttpSettings;
import io.meterport.adapters.http.Surroundings;
import io.meterport.adapters.http.UseCases;
import io.meterport.adapters.redis.RedisFeeds;
import io.meterport.adapters.redis.RedisOptions;
import io.meterport.application.access.EnvironmentKey;
import io.meterport.application.access.RateLimit;
import io.meterport.application.meter.DeclareMeters;
import io.meterport.application.meter.MeterDraft;
import io.meterport.application.spi.Feeds;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsProblem;
import io.meterport.domain.problem.ProblemException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The steps of a start that can go wrong for reasons that an operator should be told. */
final class Start {
    /** So many a second that nobody ever waits. */
    private static final int UNLIMITED = 1_000_000_000;

    private Start() {}

    static void declare(List<MeterDraft> meters, DeclareMeters declare) {
        try {
            declare.declare(meters);
        } catch (IllegalArgumentException e) {
            throw new SettingsProblem("meters cannot be declared: " + e.getMessage() + ".");
        } catch (ProblemException e) {
            throw new SettingsProblem(
                    "meters cannot be declared: " + e.problem().detail());
        }
    }

    static Optional<EnvironmentKey> environmentKey(Outside outside) {
        try {
            return outside.adminKey()
                    .map(text -> new EnvironmentKey(text, outside.time().instant()));
        } catch (IllegalArgumentException e) {
            throw new SettingsProblem(
                    "METERPORT_ADMIN_KEY cannot be used: " + e.getMessage() + ".");
        }
    }

    /** The hints between nodes through Redis. */
    static Feeds redis(Settings.Redis redis, Outside outside) {
        try {
            return RedisFeeds.open(new RedisOptions(
                    redis.host(),
                    redis.port(),
                    redis.user(),
                    outside.redisPassword().or(() -> redis.passwordFile().map(Start::secret)),
                    redis.tls()
                            ? Optional.of(new RedisOptions.Tls(redis.authorities()))
                            : Optional.empty(),
                    redis.name()));
        } catch (IllegalStateException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartFailure("portal.revocations.redis.password-file cannot be read.");
        }
    }

    static RateLimit limit(Settings.Rate rate, LongSupplier nanoTime) {
        return rate.perSecond() == 0
                ? new RateLimit(UNLIMITED, UNLIMITED, nanoTime)
                : new RateLimit(rate.perSecond(), rate.burst(), nanoTime);
    }

    static RateLimit limitPerMinute(int perMinute, LongSupplier nanoTime) {
        return perMinute == 0
                ? new RateLimit(UNLIMITED, UNLIMITED, nanoTime)
                : RateLimit.perMinute(perMinute, nanoTime);
    }

    static HttpServer listen(
            HttpSettings http, Settings settings, UseCases useCases, Surroundings around) {
        requireFree(settings.server().listener());
        settings.server().operators().ifPresent(Start::requireFree);
        HttpServer server = new HttpServer(http, useCases, around);
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw new StartFailure("The server could not begin to listen.");
        }
    }

    /** Asked first, because Helidon would tell it with a page of stack traces. */
    private static void requireFree(Settings.Listener at) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(at.host(), at.port()));
        } catch (IOException e) {
            throw new StartFailure("Nobody can listen on " + at.host() + ":" + at.port()
                    + ": the port is taken, or the address is not of this machine.");
        }
    }
}
