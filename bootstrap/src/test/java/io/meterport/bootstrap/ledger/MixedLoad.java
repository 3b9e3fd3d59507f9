package io.meterport.bootstrap.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Clients that send events, ask for usage, and make, use and revoke tokens, all at the same time
 * and all of it in a ledger. They outlive the server: what got no answer is sent again to the next.
 */
public final class MixedLoad implements AutoCloseable {
    private static final long NANOS_EACH_EVENT = 2_000_000;

    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();
    private final Ledger ledger;

    /**
     * How many clients there are.
     *
     * @param senders send batches of 1 to {@code mostEvents} events
     * @param askers ask for usage with an API key
     * @param mostTokens so many portal tokens are made by one that also uses and revokes them
     */
    public record Clients(int senders, int mostEvents, int askers, int mostTokens) {
        /** Eight that send 1 to 500 events at a time, two that ask, one with tokens. */
        public static final Clients USUAL = new Clients(8, 500, 2, 2_000);
    }

    private MixedLoad(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Starts the clients, whose choices follow from the seed. */
    public static MixedLoad start(Ledger ledger, Target target, Clients clients, long seed) {
        return start(ledger, target, clients, seed, Instant.now());
    }

    /** The same with the latest time of an event: with equal seeds the events are the same. */
    public static MixedLoad start(
            Ledger ledger, Target target, Clients clients, long seed, Instant now) {
        MixedLoad load = new MixedLoad(ledger);
        var pace = new Sender.Pace(clients.mostEvents(), NANOS_EACH_EVENT);
        for (int i = 0; i < clients.senders(); i++) {
            Traffic traffic = new Traffic(seed, i, Ledger.SUBJECTS, now);
            load.run(new Sender(ledger, target, traffic, pace, load.goOn::get));
        }
        for (int i = 0; i < clients.askers(); i++) {
            load.run(new Asker(ledger, target, new Random(seed + i), load.goOn::get));
        }
        load.run(new TokenHolder(
                ledger, target, new Random(seed - 1), clients.mostTokens(), load.goOn::get));
        return load;
    }

    /** Lets each client finish what it began, so that everything sent has been acknowledged. */
    @Override
    public void close() {
        goOn.set(false);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void run(Runnable client) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                client.run();
            } catch (RuntimeException e) {
                ledger.violated("a client gave up: " + e);
            }
        }));
    }
}
