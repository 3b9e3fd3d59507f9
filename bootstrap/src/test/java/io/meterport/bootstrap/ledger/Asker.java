package io.meterport.bootstrap.ledger;

import io.meterport.bootstrap.ledger.Caller.Unanswered;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Asks for the number of a subject's events while they are being sent: all that were acknowledged
 * before the question have to be counted, and none that was not sent before the answer.
 */
final class Asker implements Runnable {
    private final Ledger ledger;
    private final Target target;
    private final Random random;
    private final BooleanSupplier goOn;

    Asker(Ledger ledger, Target target, Random random, BooleanSupplier goOn) {
        this.ledger = ledger;
        this.target = target;
        this.random = random;
        this.goOn = goOn;
    }

    @Override
    public void run() {
        try (Caller caller = new Caller(target)) {
            while (goOn.getAsBoolean()) {
                ask(caller, random.nextInt(Ledger.SUBJECTS));
                Caller.pause();
            }
        }
    }

    private void ask(Caller caller, int subject) {
        long least = ledger.stored(subject);
        try {
            int status = caller.get("/api/v1/meters/" + Meters.COUNT + "/query?subject="
                    + Traffic.subject(subject));
            long most = ledger.tried(subject);
            if (status == 200) {
                Answers.requireBetween(ledger, caller.body(), least, most);
            } else if (status != 503) {
                ledger.violated("V7: a query was answered " + status + " " + caller.body());
            }
        } catch (Unanswered e) {
            // The server was killed; the next question finds it again.
        }
    }
}
