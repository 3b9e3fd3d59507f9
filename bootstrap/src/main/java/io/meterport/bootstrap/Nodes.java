package io.meterport.bootstrap;

import io.meterport.application.ingest.AnnouncedEvents;
import io.meterport.application.meter.AnnouncedMeters;
import io.meterport.application.portal.FollowHead;
import io.meterport.application.portal.KnownHead;
import io.meterport.application.portal.RevocationHead;
import io.meterport.application.portal.SharedChanges;
import io.meterport.application.spi.CatalogStorage;
import io.meterport.application.spi.EventStorage;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.Feeds;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.RevocationLog;
import io.meterport.application.spi.UsageChanges;
import io.meterport.bootstrap.metrics.Metrics;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsProblem;
import java.time.Duration;
import java.util.Optional;

/**
 * What a storage that several nodes share needs beside it: a head of revocations that is proven anew
 * again and again, and hints between nodes. An embedded storage needs neither.
 *
 * @param head what decisions about tokens rest on
 * @param feeds what other nodes are told by
 */
record Nodes(
        RevocationHead head,
        Feeds feeds,
        MeterStore meters,
        EventStore events,
        UsageChanges changes) {
    private static final Duration WARNING_PAUSE = Duration.ofSeconds(10);

    /**
     * Begins what has to go on, and remembers in {@code opened} to end it.
     *
     * @throws SettingsProblem if there are hints for nodes that there cannot be
     * @throws StartFailure if Redis cannot be used as the settings say
     */
    static Nodes of(
            Settings.Revocations settings,
            Outside outside,
            CatalogStorage catalog,
            RevocationLog revocations,
            EventStorage storage,
            Metrics metrics,
            Opened opened) {
        if (!revocations.isShared()) {
            if (settings.feed() != Settings.Feed.NONE) {
                throw new SettingsProblem("portal.revocations.type must be none where"
                        + " storage.catalog.type is embedded: there are no other nodes.");
            }
            return new Nodes(
                    RevocationHead.exact(revocations),
                    Feeds.none(),
                    catalog.meters(),
                    storage.events(),
                    storage.changes());
        }
        Feeds feeds = opened.add(
                switch (settings.feed()) {
                    case NONE -> Feeds.none();
                    case REDIS -> Start.redis(settings.redis(), outside);
                });
        KnownHead head = new KnownHead(
                revocations,
                settings.freshness(),
                outside.nanoTime(),
                reading -> Thread.ofVirtual().name("reads-head").start(reading),
                KnownHead.PATIENCE);
        follow(head, feeds, opened);
        SharedChanges changes =
                new SharedChanges(storage.changes(), catalog.meters(), feeds.usage());
        NodeWarnings warnings = new NodeWarnings(head, feeds, settings.feed());
        opened.add(new Background()
                .every("looking for new usage", SharedChanges.PAUSE, changes::look)
                .every("looking after revocations", WARNING_PAUSE, warnings::look));
        gauges(metrics, head, feeds);
        return new Nodes(
                head,
                feeds,
                new AnnouncedMeters(catalog.meters(), feeds.definitions()),
                new AnnouncedEvents(storage.events(), feeds.usage()),
                changes);
    }

    /** The known head, if there is one that has to be proven. */
    Optional<KnownHead> known() {
        return head instanceof KnownHead known ? Optional.of(known) : Optional.empty();
    }

    private static void follow(KnownHead head, Feeds feeds, Opened opened) {
        FollowHead follow = new FollowHead(head);
        feeds.revocations().subscribe(follow::hinted);
        Thread thread = Thread.ofPlatform().name("follows-head").daemon().start(() -> {
            try {
                follow.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        opened.add(() -> {
            follow.stop();
            thread.join(Duration.ofSeconds(2));
        });
    }

    private static void gauges(Metrics metrics, KnownHead head, Feeds feeds) {
        metrics.gauge(
                "meterport.revocations.head",
                "The number of the last revocation that this node knows.",
                head::last);
        metrics.gauge(
                "meterport.revocations.proof.age.seconds",
                "How long ago this node began to prove that it knows all revocations.",
                () -> head.age().toMillis() / 1_000.0);
        metrics.gauge(
                "meterport.revocations.lost",
                "1 when the store has lost revocations and tokens are refused until a new start.",
                () -> head.isLost() ? 1 : 0);
        metrics.gauge(
                "meterport.revocations.refused",
                "Decisions about tokens refused because nothing could be proven in time.",
                head::refused);
        metrics.gauge(
                "meterport.revocations.extended",
                "Decisions about tokens that rested on an older proof, as configured.",
                head::extended);
        metrics.gauge(
                "meterport.feed.up",
                "1 while hints from and to other nodes can pass, else 0.",
                () -> feeds.isUp() ? 1 : 0);
        metrics.gauge(
                "meterport.feed.failures",
                "Failures to tell other nodes or to hear from them.",
                feeds::failures);
    }
}
