package io.meterport.application.spi;

import java.util.function.LongConsumer;

/**
 * Tells other nodes that there are new revocations. A hint and nothing more: losing it, or a false
 * one, costs time or a reading, and never lets a revoked token in.
 */
public interface RevocationFeed extends AutoCloseable {
    /** Tells the others that the head is now {@code head}; neither blocks long nor fails. */
    void announce(long head);

    /** Calls {@code moved} with each head that others announce. */
    void subscribe(LongConsumer moved);

    /** Ends all subscriptions; idempotent. */
    @Override
    void close();

    /** The feed of a single node, which has nobody to tell. */
    static RevocationFeed none() {
        return new RevocationFeed() {
            @Override
            public void announce(long head) {}

            @Override
            public void subscribe(LongConsumer moved) {}

            @Override
            public void close() {}
        };
    }
}
