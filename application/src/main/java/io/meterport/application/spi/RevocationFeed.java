package io.meterport.application.spi;

import java.util.function.LongConsumer;

/**
 * Tells other nodes that there are new revocations. A hint and nothing more: losing it, or a false
 * one, costs time or a reading, and never lets a revoked token in.
 */
public interface RevocationFeed {
    /** Tells the others that the head is now {@code head}; neither blocks long nor fails. */
    void announce(long head);

    /**
     * Calls {@code moved} with each head that others announce, and with the last one announced
     * whenever a connection that was lost is there again. What comes may be any number. The caller's
     * thread must not be held up: {@code moved} may neither block nor fail.
     */
    void subscribe(LongConsumer moved);
}
