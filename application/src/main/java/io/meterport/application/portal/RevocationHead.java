package io.meterport.application.portal;

import io.meterport.application.spi.RevocationLog;
import io.meterport.domain.problem.ProblemException;

/** The number of the last revocation, as decisions about tokens rest on it. Thread-safe. */
public interface RevocationHead {
    /**
     * The head that a decision made now may rest on: what was read at this number, and nothing
     * older, says whether a token holds.
     *
     * @throws ProblemException {@code revocations-unproven} or {@code revocations-lost}
     *     (unavailable) if nothing may rest on what is known
     */
    long current();

    /** The moment before a reading, for {@link #learn}. */
    long mark();

    /**
     * Takes in a head that the store gave, by a reading or a commit.
     *
     * @param since a {@link #mark} from before the reading or the commit was begun
     * @throws ProblemException {@code revocations-lost} (unavailable) if it lies below what was
     *     known before the reading was begun
     */
    void learn(long head, long since);

    /** That of an embedded store, through which every revocation passes: always exact. */
    static RevocationHead exact(RevocationLog log) {
        return new RevocationHead() {
            @Override
            public long current() {
                return log.head();
            }

            @Override
            public long mark() {
                return 0;
            }

            @Override
            public void learn(long head, long since) {}
        };
    }
}
