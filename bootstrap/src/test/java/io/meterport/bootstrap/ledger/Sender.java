package io.meterport.bootstrap.ledger;

import io.meterport.bootstrap.ledger.Caller.Unanswered;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sends batches of events, one after the other, each until it is acknowledged. */
final class Sender implements Runnable {
    private static final String PATH = "/api/v1/events";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final Ledger ledger;
    private final Target target;
    private final Traffic traffic;
    private final Pace pace;
    private final BooleanSupplier goOn;

    /**
     * How much is sent.
     *
     * @param mostEvents of a batch
     * @param nanosEach how long to wait after it for each of its events
     */
    record Pace(int mostEvents, long nanosEach) {}

    Sender(Ledger ledger, Target target, Traffic traffic, Pace pace, BooleanSupplier goOn) {
        this.ledger = ledger;
        this.target = target;
        this.traffic = traffic;
        this.pace = pace;
        this.goOn = goOn;
    }

    @Override
    public void run() {
        try (Caller caller = new Caller(target)) {
            while (goOn.getAsBoolean()) {
                Traffic.Batch batch = traffic.batch(traffic.size(pace.mostEvents()));
                String name = ledger.sending(batch);
                while (!isAcked(caller, name, batch)) {
                    Caller.pause();
                }
                ledger.acked(name, batch);
                LockSupport.parkNanos(batch.size() * pace.nanosEach());
            }
        }
    }

    private boolean isAcked(Caller caller, String name, Traffic.Batch batch) {
        try {
            int status = caller.post(PATH, BATCH, batch.json());
            if (status == 204) {
                return true;
            }
            ledger.failed(name, status + " " + caller.body());
            if (status != 503) {
                ledger.violated("V7: a batch was answered " + status + " " + caller.body());
            }
        } catch (Unanswered e) {
            ledger.failed(name, e.getMessage());
        }
        return false;
    }
}
