package io.meterport.bootstrap;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What comes to a server from outside and is no setting: time, chance, and secrets of the
 * environment's.
 *
 * @param time the wall clock
 * @param nanoTime a clock that only goes forward
 * @param randomness gives bytes from a cryptographic source, 32 each time
 * @param ids gives a new ULID each time
 * @param adminKey an admin key that holds as long as the process runs and is stored nowhere
 * @param redisPassword goes before a file that holds one
 * @param stuck what is to be done once nothing can be stored any more until a new start
 */
public record Outside(
        InstantSource time,
        LongSupplier nanoTime,
        Supplier<byte[]> randomness,
        Supplier<String> ids,
        Optional<String> adminKey,
        Optional<String> redisPassword,
        Runnable stuck) {
    /** The exit code of a process that was stuck: what sysexits calls a fault of the program. */
    static final int STUCK = 70;

    private static final int SECRET_BYTES = 32;

    /** The real one, of this process, which is ended at once when it is stuck. */
    public static Outside real(Map<String, String> environment) {
        Outside at = at(InstantSource.system(), environment);
        return new Outside(
                at.time,
                at.nanoTime,
                at.randomness,
                at.ids,
                at.adminKey,
                at.redisPassword,
                // Whatever would be done in an orderly end may wait for what is stuck.
                () -> Runtime.getRuntime().halt(STUCK));
    }

    /** The same within another program, which is left alone, and with another wall clock. */
    public static Outside at(InstantSource time, Map<String, String> environment) {
        SecureRandom random = new SecureRandom();
        return new Outside(
                time,
                System::nanoTime,
                () -> {
                    byte[] bytes = new byte[SECRET_BYTES];
                    random.nextBytes(bytes);
                    return bytes;
                },
                new Ulids(time, random),
                Optional.ofNullable(environment.get("METERPORT_ADMIN_KEY")),
                Optional.ofNullable(environment.get("METERPORT_REDIS_PASSWORD")),
                () -> {});
    }

    @Override
    public String toString() {
        return "Outside";
    }
}
