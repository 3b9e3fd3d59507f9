package io.meterport.adapters.postgres.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/** The first 128 bits of SHA-256: what has the same ones is taken for the same. */
public final class Hashes {
    private Hashes() {}

    /** That of one text. */
    public static UUID of(String text) {
        return first(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** That of several, each with its length, so that it matters where they are cut. */
    public static UUID of(List<String> texts) {
        return salted(sha256(), new byte[0], texts);
    }

    /** The same behind a salt, worked out with that digest. */
    public static UUID salted(MessageDigest digest, byte[] salt, List<String> texts) {
        digest.update(salt);
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((byte) (bytes.length >> 24));
            digest.update((byte) (bytes.length >> 16));
            digest.update((byte) (bytes.length >> 8));
            digest.update((byte) bytes.length);
            digest.update(bytes);
        }
        return first(digest.digest());
    }

    /** A new digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static UUID first(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
