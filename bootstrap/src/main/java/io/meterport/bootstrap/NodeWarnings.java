package io.meterport.bootstrap;

import io.meterport.application.portal.KnownHead;
import io.meterport.application.spi.Feeds;
import io.meterport.bootstrap.settings.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Says in the log what is wrong between nodes, for as long as it is. One thread uses it. */
final class NodeWarnings {
    private static final Logger LOGGER = System.getLogger(NodeWarnings.class.getName());

    private final KnownHead head;
    private final Feeds feeds;
    private final Settings.Feed kind;
    private long refused;
    private long extended;
    private boolean wasUp = true;

    NodeWarnings(KnownHead head, Feeds feeds, Settings.Feed kind) {
        this.head = head;
        this.feeds = feeds;
        this.kind = kind;
    }

    void look() {
        if (head.isLost()) {
            LOGGER.log(
                    Level.ERROR,
                    "The store has lost revocations, as after a restore: portal tokens are refused."
                            + " End those there are (see docs/operations.md), then start anew.");
        }
        if (head.refused() > refused) {
            refused = head.refused();
            LOGGER.log(
                    Level.WARNING,
                    "Portal tokens were refused because the store did not say in time which are"
                            + " revoked.");
        }
        if (head.extended() > extended) {
            extended = head.extended();
            LOGGER.log(
                    Level.WARNING,
                    "Portal tokens are let in by what was known "
                            + head.age().toSeconds()
                            + " s ago, because the store does not say which are revoked.");
        }
        if (feeds.isUp() != wasUp) {
            wasUp = feeds.isUp();
            LOGGER.log(
                    wasUp ? Level.INFO : Level.WARNING,
                    wasUp
                            ? "Hints between nodes pass again."
                            : "No hints between nodes through " + kind.word()
                                    + ": what other nodes revoke is known a second later.");
        }
    }
}
