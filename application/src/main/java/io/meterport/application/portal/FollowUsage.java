package io.meterport.application.portal;

import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageChanges;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.PortalToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells a token's holder when the subject's usage changes, until the token ends. A notice says only
 * that there is something new; what it is has to be asked for. Thread-safe.
 */
public final class FollowUsage {
    /** A meter is told of at most this often, and a token's end is noticed this soon. */
    public static final Duration TICK = Duration.ofMillis(250);
    /** How long nothing may be said. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final AuthenticateBearer bearers;
    private final MeterStore meters;
    private final UsageChanges changes;
    private final InstantSource time;
    private final FollowerCaps caps = new FollowerCaps();
    private volatile boolean stopped;

    /**
     * @param time the clock by which tokens expire
     */
    public FollowUsage(
            AuthenticateBearer bearers,
            MeterStore meters,
            UsageChanges changes,
            InstantSource time) {
        this.bearers = bearers;
        this.meters = meters;
        this.changes = changes;
        this.time = time;
    }

    /**
     * Takes a place among those who follow.
     *
     * @param from the address that the token came from
     * @throws io.meterport.domain.problem.ProblemException {@code unauthenticated}, or {@code
     *     too-many-streams}
     */
    public Following open(String bearer, String from) {
        PortalToken token = bearers.authenticate(bearer, from);
        return new Following(bearer, token, caps.enter(token));
    }

    /** One who follows; the place is free again once closed. */
    public final class Following implements AutoCloseable {
        private final String bearer;
        private final PortalToken token;
        private final FollowerCaps.Place place;

        private Following(String bearer, PortalToken token, FollowerCaps.Place place) {
            this.bearer = bearer;
            this.token = token;
            this.place = place;
        }

        /**
         * Tells {@code out} of every change until the token ends, the server stops or {@code out}
         * fails; returns then. The first notice is {@link Notice.Ready}; the last one, unless
         * {@code out} failed, {@link Notice.Ended}.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        public void run(Consumer<Notice> out) throws InterruptedException {
            ChangedTypes changed = new ChangedTypes(TICK);
            try (UsageChanges.Subscription _ =
                    changes.subscribe(token.namespace(), token.subject(), changed::add)) {
                out.accept(new Notice.Ready(token, time.instant()));
                tell(bearer, token, changed, out);
            }
        }

        @Override
        public void close() {
            place.close();
        }
    }

    /** Ends all that follow, now and in future. */
    public void stop() {
        stopped = true;
    }

    private void tell(String bearer, PortalToken token, ChangedTypes changed, Consumer<Notice> out)
            throws InterruptedException {
        Duration quiet = Duration.ZERO;
        while (!stopped) {
            Standing standing = bearers.standing(bearer);
            if (standing != Standing.HOLDS) {
                Notice.Reason reason = standing == Standing.EXPIRED
                        ? Notice.Reason.EXPIRED
                        : Notice.Reason.REVOKED;
                out.accept(new Notice.Ended(reason));
                return;
            }
            Set<EventType> types = changed.next();
            quiet = types.isEmpty() ? quiet.plus(TICK) : Duration.ZERO;
            readable(token, types).forEach(meter -> out.accept(new Notice.Changed(meter.slug())));
            if (quiet.compareTo(HEARTBEAT) >= 0) {
                out.accept(new Notice.Alive());
                quiet = Duration.ZERO;
            }
        }
        out.accept(new Notice.Ended(Notice.Reason.SHUTDOWN));
    }

    private List<Meter> readable(PortalToken token, Set<EventType> types) {
        if (types.isEmpty()) {
            return List.of();
        }
        Catalog catalog = meters.catalog(token.namespace());
        return types.stream()
                .flatMap(type -> catalog.counting(type).stream())
                .filter(meter -> token.scope().allows(meter.id()))
                .sorted(Comparator.comparing(Meter::slug))
                .toList();
    }
}
