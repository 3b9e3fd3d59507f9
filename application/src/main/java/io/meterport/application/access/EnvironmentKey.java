package io.meterport.application.access;

import io.meterport.domain.subject.Namespace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An admin key of the default namespace that lives only as long as the process. */
public final class EnvironmentKey {
    /** The name under which it appears where a stored key has its id. */
    public static final String ID = "environment";

    private static final int SHORTEST = 32;
    private static final int LONGEST = 200;

    private final byte[] hash;
    private final ApiKey key;

    /**
     * @param text 32 to 200 visible ASCII characters
     * @param since when the process began
     * @throws IllegalArgumentException if it is not; the message does not repeat it
     */
    public EnvironmentKey(String text, Instant since) {
        boolean visible = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!visible || text.length() < SHORTEST || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an admin key has " + SHORTEST + " to " + LONGEST + " visible characters");
        }
        this.hash = sha256(text);
        this.key = new ApiKey(
                ID,
                Namespace.DEFAULT,
                "from the environment",
                Set.of(Scope.ADMIN),
                hash,
                since,
                Optional.empty(),
                Optional.empty());
    }

    /** What it permits. */
    public ApiKey key() {
        return key;
    }

    /** Whether that is the key, compared in constant time. */
    boolean matches(String text) {
        return MessageDigest.isEqual(hash, sha256(text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
