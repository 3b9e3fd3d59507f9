package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.key.KeySalt;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.subject.Namespace;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The hash by which an event is known. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KeyLoops {
    private final KeySalt salt = new KeySalt();
    private final EventKey key = new EventKey("api-gateway-1", UUID.randomUUID().toString());
    private MessageDigest digest;

    @Setup
    public void prepare() throws NoSuchAlgorithmException {
        digest = MessageDigest.getInstance("SHA-256");
    }

    /** Of one event. */
    @Benchmark
    public Object hashKey() {
        return KeyHash.of(digest, salt, Namespace.DEFAULT, key);
    }
}
