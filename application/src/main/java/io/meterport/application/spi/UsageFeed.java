package io.meterport.application.spi;

import java.util.Collection;
import java.util.function.Consumer;

/** Tells other nodes whose usage has changed. A hint and nothing more. */
public interface UsageFeed {
    /**
     * Tells the others, soon; neither blocks nor fails, and drops what there is too much of.
     */
    void announce(Collection<UsageHint> hints);

    /** Calls {@code changed} with what others announce. It may neither block nor fail. */
    void subscribe(Consumer<UsageHint> changed);
}
