package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.domain.usage.Horizon;

/**
 * The horizon, in memory. Events are deleted in later transactions than the one that raised it, so
 * that whoever reads the file first and the horizon then never misses events unawares. Thread-safe;
 * never falls.
 */
public final class StoredHorizon implements Kept {
    private volatile Horizon horizon = Horizon.NONE;
    private Horizon next = Horizon.NONE;

    /** The horizon that was last committed. */
    public Horizon get() {
        return horizon;
    }

    void raise(Session session, Horizon to) {
        next = horizon.or(to);
        session.handle()
                .createUpdate("update upkeep set horizon = :horizon")
                .bind("horizon", Micros.of(next.moment()))
                .execute();
    }

    @Override
    public void load(Session session) {
        next = new Horizon(Micros.instant(session.handle()
                .createQuery("select horizon from upkeep")
                .mapTo(long.class)
                .one()));
        committed();
    }

    @Override
    public void committed() {
        horizon = horizon.or(next);
    }

    @Override
    public void undone() {
        next = horizon;
    }
}
