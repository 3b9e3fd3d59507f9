package io.meterport.domain.portal;

import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.Namespace;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A bearer credential, as its holder has it: {@code prefix id . secret checksum}, where the secret
 * is 256 random bits in 43 digits of base 62 and the checksum the CRC-32 of all before it in 6.
 * Only its hash is ever stored. {@link #toString} leaves the secret out.
 */
public final class TokenSecret {
    /** What a credential opens; each kind has a prefix of its own, by which scanners find leaks. */
    public enum Kind {
        PORTAL("om_portal_"),
        API_KEY("om_sk_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** How every credential of this kind begins. */
        public String prefix() {
            return prefix;
        }
    }

    /** How many random bytes a secret is made of. */
    public static final int RANDOM_BYTES = 32;

    private static final int ID_LENGTH = 26;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private final Kind kind;
    private final String id;
    private final String secret;

    private TokenSecret(Kind kind, String id, String secret) {
        this.kind = kind;
        this.id = id;
        this.secret = secret;
    }

    /** A new credential with that id, a ULID, and {@value #RANDOM_BYTES} bytes of randomness. */
    public static TokenSecret of(Kind kind, String id, byte[] random) {
        if (random.length != RANDOM_BYTES) {
            throw new IllegalArgumentException("needs " + RANDOM_BYTES + " random bytes");
        }
        Require.ulid(id, "invalid-id", "a token id");
        return new TokenSecret(kind, id, digits(new BigInteger(1, random), SECRET_LENGTH));
    }

    /** Reads a credential; empty unless form, alphabet and checksum are right. Needs no store. */
    public static Optional<TokenSecret> parse(Kind kind, String text) {
        int idStart = kind.prefix.length();
        int dot = idStart + ID_LENGTH;
        int secretStart = dot + 1;
        int checksumStart = secretStart + SECRET_LENGTH;
        if (text.length() != checksumStart + CHECKSUM_LENGTH
                || !text.startsWith(kind.prefix)
                || text.charAt(dot) != '.'
                || !isBase62(text, secretStart)
                || !Require.isUlid(text.substring(idStart, dot))
                || !text.startsWith(checksum(text.substring(0, checksumStart)), checksumStart)) {
            return Optional.empty();
        }
        return Optional.of(new TokenSecret(
                kind, text.substring(idStart, dot), text.substring(secretStart, checksumStart)));
    }

    /** What it opens. */
    public Kind kind() {
        return kind;
    }

    /** Its public id, a ULID. */
    public String id() {
        return id;
    }

    /** The whole credential, to be shown to its holder once. Never log it. */
    public String text() {
        String body = kind.prefix + id + "." + secret;
        return body + checksum(body);
    }

    /** What is stored of it: 32 bytes of SHA-256, bound to the namespace. */
    public byte[] hash(Namespace namespace) {
        String bound = "om1" + namespace.name() + id + secret;
        return sha256().digest(bound.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether {@code hash} is this credential's, compared in constant time. */
    public boolean matches(Namespace namespace, byte[] hash) {
        return MessageDigest.isEqual(hash(namespace), hash);
    }

    @Override
    public String toString() {
        return kind.prefix + id + ".…";
    }

    private static boolean isBase62(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (DIGITS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
    }

    private static String digits(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
