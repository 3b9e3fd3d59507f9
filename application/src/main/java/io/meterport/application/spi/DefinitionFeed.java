package io.meterport.application.spi;

/** Tells other nodes that meters have changed. A hint and nothing more. */
public interface DefinitionFeed {
    /** Tells the others; neither blocks long nor fails. */
    void announce();

    /**
     * Calls {@code changed} when others announce something, and when a connection that was lost is
     * there again. It may neither block nor fail.
     */
    void subscribe(Runnable changed);
}
