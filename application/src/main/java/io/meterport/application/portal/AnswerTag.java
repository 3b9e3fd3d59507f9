package io.meterport.application.portal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Names an answer by all that it depends on: 128 bits of SHA-256 over length-prefixed parts. */
final class AnswerTag {
    private static final int BYTES = 16;

    private final MessageDigest digest = sha256();

    /** Takes in one more thing that the answer depends on, by its text. */
    AnswerTag with(Object part) {
        byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(text.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(text);
        return this;
    }

    /** The name: 22 characters of base 64 for URLs. */
    String text() {
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
