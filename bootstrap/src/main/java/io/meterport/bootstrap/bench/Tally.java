package io.meterport.bootstrap.bench;

import java.util.concurrent.atomic.LongAdder;

/** What a server has acknowledged: what its meters must count, to the unit. Thread-safe. */
final class Tally {
    private final LongAdder events = new LongAdder();
    private final LongAdder tokens = new LongAdder();

    /** So many more events, whose values have that sum. */
    void add(long moreEvents, long moreTokens) {
        events.add(moreEvents);
        tokens.add(moreTokens);
    }

    long events() {
        return events.sum();
    }

    long tokens() {
        return tokens.sum();
    }
}
