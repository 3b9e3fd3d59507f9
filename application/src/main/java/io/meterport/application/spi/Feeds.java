package io.meterport.application.spi;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What the nodes of one installation tell each other, so that they look into their shared storage
 * sooner than they would anyway. Nothing rests on it: hints may be lost, doubled or forged.
 */
public interface Feeds extends AutoCloseable {
    /** That there are new revocations. */
    RevocationFeed revocations();

    /** That meters have changed. */
    DefinitionFeed definitions();

    /** That usage has changed. */
    UsageFeed usage();

    /** Whether hints can come and go now. */
    boolean isUp();

    /** How often telling or hearing has failed. */
    long failures();

    /** Ends all subscriptions; idempotent. */
    @Override
    void close();

    /** The feeds of a node that has nobody to tell, or no way to do so. */
    static Feeds none() {
        return new Feeds() {
            @Override
            public RevocationFeed revocations() {
                return new RevocationFeed() {
                    @Override
                    public void announce(long head) {}

                    @Override
                    public void subscribe(LongConsumer moved) {}
                };
            }

            @Override
            public DefinitionFeed definitions() {
                return new DefinitionFeed() {
                    @Override
                    public void announce() {}

                    @Override
                    public void subscribe(Runnable changed) {}
                };
            }

            @Override
            public UsageFeed usage() {
                return new UsageFeed() {
                    @Override
                    public void announce(Collection<UsageHint> hints) {}

                    @Override
                    public void subscribe(Consumer<UsageHint> changed) {}
                };
            }

            @Override
            public boolean isUp() {
                return true;
            }

            @Override
            public long failures() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
