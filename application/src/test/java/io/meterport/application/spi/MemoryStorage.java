package io.meterport.application.spi;

import java.time.InstantSource;

/**
 * The reference storage: everything in lists and maps, usage straight from the domain. For tests of
 * whatever needs a storage, and to show that the contracts can be kept. Thread-safe, by locks.
 */
public final class MemoryStorage implements EventStorage, CatalogStorage {
    private final MemoryEvents events;
    private final MemoryBuilds builds;
    private final MemoryUpkeep upkeep;
    private final MemoryMeters meters;
    private final MemorySubjects subjects = new MemorySubjects();
    private final MemoryAudit audit = new MemoryAudit();
    private final MemoryTokens tokens = new MemoryTokens(audit);
    private final MemoryKeys keys = new MemoryKeys(audit);
    private final MemoryClock clock = new MemoryClock();

    /**
     * An empty storage.
     *
     * @param time says when events are stored
     */
    public MemoryStorage(InstantSource time) {
        MemoryState state = new MemoryState();
        this.events = new MemoryEvents(state, time);
        this.builds = new MemoryBuilds(state);
        this.upkeep = new MemoryUpkeep(state);
        this.meters = new MemoryMeters(state, audit);
    }

    @Override
    public EventStore events() {
        return events;
    }

    @Override
    public EventReader history() {
        return events;
    }

    @Override
    public UsageReader usage() {
        return events;
    }

    @Override
    public MeterBuilds builds() {
        return builds;
    }

    @Override
    public UsageChanges changes() {
        return events;
    }

    @Override
    public Retention retention() {
        return upkeep;
    }

    @Override
    public Erasure erasure() {
        return upkeep;
    }

    @Override
    public Verification verification() {
        return upkeep;
    }

    @Override
    public MeterStore meters() {
        return meters;
    }

    @Override
    public SubjectStore subjects() {
        return subjects;
    }

    @Override
    public PortalTokenStore tokens() {
        return tokens;
    }

    @Override
    public RevocationLog revocations() {
        return tokens;
    }

    @Override
    public ApiKeyStore keys() {
        return keys;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Override
    public ClockMark clock() {
        return clock;
    }

    @Override
    public void close() {}
}
