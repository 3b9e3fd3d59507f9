package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;

/** The number of the last committed revocation, in memory. Thread-safe; never falls. */
public final class RevocationHead implements Kept {
    private volatile long head;
    private long next;

    /** The number of the last revocation. */
    public long number() {
        return head;
    }

    void move(long to) {
        next = to;
    }

    @Override
    public void load(Session session) {
        next = session.handle()
                .createQuery("select seq from revocation_head")
                .mapTo(long.class)
                .one();
        committed();
    }

    @Override
    public void committed() {
        if (next > head) {
            head = next;
        }
    }

    @Override
    public void undone() {
        next = head;
    }
}
