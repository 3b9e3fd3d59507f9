package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;

/**
 * Numbers events in the order of their arrival, from 1; none is given again, even if the event was
 * deleted. Only the writer's thread uses it.
 */
public final class EventIds implements Kept {
    private long committed;
    private long last;

    long next() {
        return ++last;
    }

    @Override
    public void load(Session session) {
        committed = session.handle().createQuery("""
                        select max(deleted, (select coalesce(max(id), 0) from event))
                        from upkeep""").mapTo(long.class).one();
        last = committed;
    }

    @Override
    public void committed() {
        committed = last;
    }

    @Override
    public void undone() {
        last = committed;
    }
}
