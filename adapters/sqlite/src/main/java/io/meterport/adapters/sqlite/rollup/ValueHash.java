package io.meterport.adapters.sqlite.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a SHA-256: two texts with the same one are taken for the same text. */
public record ValueHash(long high, long low) implements Comparable<ValueHash> {
    /** How many bytes it has. */
    public static final int BYTES = 16;

    /** That of one text. */
    public static ValueHash of(String text) {
        return of(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The one that these bytes begin with. */
    public static ValueHash of(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new ValueHash(bytes.getLong(), bytes.getLong());
    }

    /** Its bytes, which sort as it does. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** A new digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(ValueHash other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
}
