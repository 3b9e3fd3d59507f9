package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.event.KeySalt;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.Verification;
import io.meterport.application.spi.VerificationReport;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.util.concurrent.Semaphore;

/** Counts everything anew in one state of the tables. One at a time on a node. */
public final class PostgresVerification implements Verification {
    private final Transactions transactions;
    private final KeySalt salt;
    private final Semaphore running = new Semaphore(1);

    public PostgresVerification(Transactions transactions, KeySalt salt) {
        this.transactions = transactions;
        this.salt = salt;
    }

    @Override
    public VerificationReport verify() {
        if (!running.tryAcquire()) {
            throw new ProblemException(new Problem.Conflict(
                    "already-running", "A backup or a verification is running already."));
        }
        try {
            return transactions.readAtLength(handle -> new Comparison(handle, salt).run());
        } finally {
            running.release();
        }
    }
}
