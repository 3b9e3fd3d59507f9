package io.meterport.bootstrap.ledger;

/**
 * One line of a journal.
 *
 * @param nanos when it happened by the clients' clock, {@link System#nanoTime}; of {@link
 *     Kind#ASKED} when the question was sent
 * @param key what it is about: a batch, a token, or {@code subject:NAME}
 * @param text what else there is to say, on one line
 */
record Entry(Kind kind, long nanos, String key, String text) {
    /** What happened. */
    enum Kind {
        /** A batch of events is about to be sent; its text is the body. */
        SENT,
        /** A batch was acknowledged. */
        ACKED,
        /** A try to send something came to nothing, or nobody knows; it will be tried again. */
        FAILED,
        /** A token was made; its text is the subject and the secret. */
        TOKEN,
        /** A revocation is about to be sent. */
        REVOKING,
        /** A revocation was acknowledged. */
        REVOKED,
        /** A token was used to ask; the text is the status of the answer. */
        ASKED
    }

    /** The entry that {@link #line} wrote. */
    static Entry of(String line) {
        String[] parts = line.split(" ", 4);
        return new Entry(Kind.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3]);
    }

    /** As it is written down. */
    String line() {
        return kind + " " + nanos + " " + key + " " + text;
    }
}
