package io.meterport.adapters.sqlite.verify;

import io.meterport.adapters.sqlite.event.StoredHorizon;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.application.spi.Verification;
import io.meterport.application.spi.VerificationReport;

/** Verifies one state of the file while others read and write. */
public final class SqliteVerification implements Verification {
    private final Readers readers;
    private final StoredHorizon horizon;

    public SqliteVerification(Readers readers, StoredHorizon horizon) {
        this.readers = readers;
        this.horizon = horizon;
    }

    @Override
    public VerificationReport verify() {
        return readers.readAtLength(session -> new Comparison(session, horizon).run());
    }
}
