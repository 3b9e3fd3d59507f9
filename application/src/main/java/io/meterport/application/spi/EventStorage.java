package io.meterport.application.spi;

/** Where events live and usage is computed: the part that grows with traffic. */
public interface EventStorage extends AutoCloseable {
    /** Takes events in. */
    EventStore events();

    /** Gives events back. */
    EventReader history();

    /** Computes usage. */
    UsageReader usage();

    /** Counts old events for new meters. */
    MeterBuilds builds();

    /** Tells when usage changes. */
    UsageChanges changes();

    /** Forgets old events. */
    Retention retention();

    /** Forgets subjects. */
    Erasure erasure();

    /** Counts everything anew and compares. */
    Verification verification();

    /** Stops taking writes, finishes those accepted, and releases everything; idempotent. */
    @Override
    void close();
}
