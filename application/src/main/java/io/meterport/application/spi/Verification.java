package io.meterport.application.spi;

/** Compares what is kept ready for queries with the events it was made from. */
public interface Verification {
    /**
     * Counts all events anew, from the horizon on, and returns what differs; reads one state of the
     * store, and lets writers go on meanwhile. Meters whose old events are still being counted are
     * left out.
     */
    VerificationReport verify();
}
