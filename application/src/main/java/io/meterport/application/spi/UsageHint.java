package io.meterport.application.spi;

import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * That there are new events of a type about a subject. The subject is not named, so that what carries
 * hints need not be trusted with it: only who follows it knows that it is meant.
 *
 * @param place 128 bits of SHA-256 over namespace and subject, as 22 characters of base 64 for URLs
 */
public record UsageHint(String place, EventType type) {
    private static final int BYTES = 16;

    public UsageHint {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(type, "type");
    }

    /** The place of that subject. */
    public static String placeOf(Namespace namespace, SubjectKey subject) {
        byte[] name = namespace.name().getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = sha256();
        digest.update((byte) name.length);
        digest.update(name);
        digest.update(subject.value().getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
