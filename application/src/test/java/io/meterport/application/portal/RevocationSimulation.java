package io.meterport.application.portal;

import io.meterport.application.Secrets;
import io.meterport.application.TestTime;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.LastUse;
import io.meterport.application.access.RateLimit;
import io.meterport.application.access.Scope;
import io.meterport.application.spi.ListedToken;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.NewPortalToken;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.application.spi.RevocationFeed;
import io.meterport.application.spi.RevocationLog;
import io.meterport.application.spi.Samples;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * R9: three nodes over one store, with hints between them, in one thread and in virtual time. The
 * nodes are the product's own use cases. Whatever takes time in real life (a reading, a commit, a
 * request in a socket) lets other things happen in its middle. Everything is drawn from one seed.
 *
 * <p>What has to hold: nobody is let in by a request sent later than the bound after a revocation of
 * the token was acknowledged, nor by any request to the node that acknowledged it; and a token that
 * nobody tried to revoke is never refused as a bad one.
 */
final class RevocationSimulation {
    private static final int NODES = 3;
    private static final int STEPS = 60;
    private static final int DEPTH = 2;
    private static final Namespace NAMESPACE = Namespace.DEFAULT;

    private final Random random;
    private final TestTime time = new TestTime(Samples.NOON);
    private final MemoryStorage storage = new MemoryStorage(time);
    private final Secrets secrets = new Secrets();
    private final Freshness freshness;
    private final long bound;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Made> tokens = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private long redisHead;
    private boolean isRedisDown;
    private boolean isStoreDown;
    private int depth;
    private long revocationsBegun;
    private int revocationsUnderWay;
    private long order;

    /** How often what happened, so that a run in which nothing does is seen. */
    record Seen(long accepted, long refused, long unproven, long revoked) {
        Seen plus(Seen other) {
            return new Seen(
                    accepted + other.accepted,
                    refused + other.refused,
                    unproven + other.unproven,
                    revoked + other.revoked);
        }
    }

    private Seen seen = new Seen(0, 0, 0, 0);

    /** A token, and what was done to it. */
    private static final class Made {
        private final String text;
        private final PortalToken token;
        private boolean isTouched;
        private Optional<Acknowledged> revoked = Optional.empty();

        Made(String text, PortalToken token) {
            this.text = text;
            this.token = token;
        }
    }

    /** The first acknowledged revocation of a token, and by which life of which node. */
    private record Acknowledged(long nanos, long order, List<Object> by) {}

    private record Message(int node, long head) {}

    RevocationSimulation(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.freshness = switch (random.nextInt(3)) {
            case 0 -> Freshness.DEFAULT;
            case 1 -> new Freshness(Duration.ZERO, Optional.empty());
            default -> new Freshness(Duration.ofSeconds(2), Optional.of(Duration.ofSeconds(20)));
        };
        this.bound = freshness
                .maxStaleness()
                .plus(freshness.maxExtra().orElse(Duration.ZERO))
                .toNanos();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node());
        }
    }

    /** Runs it. */
    Seen run() {
        nodes.getFirst().create();
        for (int step = 0; step < STEPS; step++) {
            act();
        }
        return seen;
    }

    private void act() {
        order++;
        Node node = nodes.get(random.nextInt(NODES));
        switch (random.nextInt(16)) {
            case 0 -> node.create();
            case 1, 2 -> node.revoke();
            case 3, 4, 5, 6, 7 -> node.ask();
            case 8 -> node.restart();
            case 9 -> pass(Duration.ofMillis(random.nextInt(3_000)));
            case 10 -> node.poll();
            case 11, 12 -> deliver();
            case 13 -> disturbRedis();
            case 14 -> isStoreDown = !isStoreDown && random.nextInt(3) == 0;
            default -> node.step();
        }
    }

    /** Time passes, and those nodes poll whose turn it is and that are not paused. */
    private void pass(Duration duration) {
        time.pass(duration);
        for (Node node : nodes) {
            if (random.nextInt(3) > 0) {
                node.poll();
            }
        }
    }

    /** What happens while something else takes its time. */
    private void meanwhile() {
        if (depth >= DEPTH) {
            return;
        }
        depth++;
        time.pass(Duration.ofNanos(1 + random.nextInt(1_000_000)));
        if (random.nextInt(4) == 0) {
            time.pass(Duration.ofMillis(random.nextInt(7_000)));
        }
        for (int more = random.nextInt(3); more > 0; more--) {
            act();
        }
        depth--;
    }

    /** Any of them, not only the first; the others stay, are doubled or get lost. */
    private void deliver() {
        if (!messages.isEmpty()) {
            Message message = messages.get(random.nextInt(messages.size()));
            if (random.nextInt(4) > 0) {
                messages.remove(message);
            }
            nodes.get(message.node()).hear(message.head());
        }
    }

    private void disturbRedis() {
        switch (random.nextInt(4)) {
            case 0 -> redisHead = 0;
            case 1 -> isRedisDown = !isRedisDown;
            case 2 -> messages.clear();
            default -> {
                long forged = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(10);
                redisHead = forged;
                messages.add(new Message(random.nextInt(NODES), forged));
            }
        }
    }

    /** One process, as often as it is started again. */
    private final class Node {
        private final Far far = new Far();
        private Object life = new Object();
        private KnownHead head;
        private AuthenticateBearer bearers;
        private RevokePortalTokens revoke;
        private TestTime wall;

        Node() {
            restart();
        }

        /** Everything that it knew is gone. */
        final void restart() {
            life = new Object();
            wall = new TestTime(time.instant());
            PortalClock clock =
                    new PortalClock(() -> wall.instant(), time::nanoTime, storage.clock());
            head = new KnownHead(far, freshness, time::nanoTime, Runnable::run, Duration.ZERO);
            bearers = new AuthenticateBearer(
                    far,
                    head,
                    clock,
                    new LastUse(storage.keys(), far),
                    new RateLimit(1_000_000, 1_000_000, time::nanoTime));
            revoke = new RevokePortalTokens(far, head, new Feed(), clock, PortalLimits.DEFAULT);
            hear(redisHead);
        }

        void create() {
            IssuePortalToken issue = new IssuePortalToken(
                    storage.meters(),
                    far,
                    secrets.make(),
                    time,
                    PortalLimits.DEFAULT,
                    new RateLimit(1_000_000, 1_000_000, time::nanoTime));
            long before = revocationsBegun;
            boolean amid = revocationsUnderWay > 0;
            try {
                IssuedToken made = issue.issue(
                        KEY,
                        new TokenRequest(
                                new SubjectKey("s" + random.nextInt(2)),
                                Optional.empty(),
                                Optional.empty()));
                Made added = new Made(made.secret().text(), made.token());
                // A revocation that overlaps the making covers it or does not.
                added.isTouched = amid || revocationsBegun > before;
                tokens.add(added);
            } catch (ProblemException e) {
                requireExpected(e);
            }
        }

        /** Once its answer is there, it is a promise; without one it may have happened or not. */
        void revoke() {
            if (tokens.isEmpty()) {
                return;
            }
            Made aim = tokens.get(random.nextInt(tokens.size()));
            Revocation revocation = switch (random.nextInt(4)) {
                case 0 -> new Revocation.OfSubject(aim.token.subject());
                case 1 -> new Revocation.OfNamespace();
                case 2 -> new Revocation.OfApiKey(KEY.id());
                default -> new Revocation.OfToken(aim.token.id());
            };
            List<Made> covered = tokens.stream()
                    .filter(each -> switch (revocation) {
                        case Revocation.OfSubject(SubjectKey subject) ->
                            subject.equals(each.token.subject());
                        case Revocation.OfToken(TokenId id) -> id.equals(each.token.id());
                        default -> true;
                    })
                    .toList();
            covered.forEach(each -> each.isTouched = true);
            Object by = life;
            revocationsBegun++;
            revocationsUnderWay++;
            try {
                revoke.revoke(KEY, revocation);
            } catch (ProblemException e) {
                requireExpected(e);
                return;
            } finally {
                revocationsUnderWay--;
            }
            seen = seen.plus(new Seen(0, 0, 0, 1));
            Acknowledged now = new Acknowledged(time.nanoTime(), order++, List.of(this, by));
            covered.stream()
                    .filter(each -> each.revoked.isEmpty())
                    .forEach(each -> each.revoked = Optional.of(now));
        }

        void ask() {
            if (tokens.isEmpty()) {
                return;
            }
            Made asked = tokens.get(random.nextInt(tokens.size()));
            long sent = time.nanoTime();
            long sentOrder = order++;
            if (random.nextInt(6) == 0) {
                // The request waits in the socket of a process that is stopped.
                time.pass(Duration.ofMillis(random.nextInt(60_000)));
                meanwhile();
            }
            boolean untouched = !asked.isTouched;
            List<Object> to = List.of(this, life);
            try {
                bearers.authenticate(asked.text, "192.0.2.1");
                seen = seen.plus(new Seen(1, 0, 0, 0));
                asked.revoked.ifPresent(at -> requireInTime(asked, at, sent, sentOrder, to));
            } catch (ProblemException e) {
                if (e.problem() instanceof Problem.Unauthenticated) {
                    seen = seen.plus(new Seen(0, 1, 0, 0));
                    if (untouched && !asked.isTouched) {
                        throw new AssertionError("a good token was refused");
                    }
                } else {
                    seen = seen.plus(new Seen(0, 0, 1, 0));
                    requireExpected(e);
                }
            }
        }

        void poll() {
            head.poll();
        }

        /** What the thread does that hints wake. */
        void hear(long announced) {
            if (announced > head.last()) {
                head.poll();
            }
        }

        /** The wall clock is set; nothing but expiry may depend on it. */
        void step() {
            wall.set(time.instant().plus(Duration.ofMinutes(random.nextInt(8) - 4)));
        }

        private void requireInTime(
                Made asked, Acknowledged at, long sent, long sentOrder, List<Object> to) {
            if (sent - at.nanos() > bound) {
                throw new AssertionError(asked.token.id() + " was let in "
                        + Duration.ofNanos(sent - at.nanos()) + " after its revocation");
            }
            if (to.equals(at.by()) && sentOrder > at.order()) {
                throw new AssertionError(asked.token.id()
                        + " was let in by the very node that had acknowledged its revocation");
            }
        }

        /** Publishes, or fails to. */
        private final class Feed implements RevocationFeed {
            @Override
            public void announce(long announced) {
                if (!isRedisDown && random.nextInt(5) > 0) {
                    redisHead = announced;
                    for (int node = 0; node < NODES; node++) {
                        messages.add(new Message(node, announced));
                    }
                }
            }

            @Override
            public void subscribe(LongConsumer moved) {}
        }
    }

    /** The store as a node sees it: far away, and sometimes not there. */
    private final class Far implements RevocationLog, PortalTokenStore {
        @Override
        public long revoke(
                Namespace namespace,
                Revocation revocation,
                String actor,
                Instant at,
                Duration longestLife) {
            return call(() ->
                    storage.revocations().revoke(namespace, revocation, actor, at, longestLife));
        }

        @Override
        public long head() {
            return call(() -> storage.revocations().head());
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public PortalToken create(NewPortalToken token) {
            return call(() -> storage.tokens().create(token));
        }

        @Override
        public Optional<Verdict> verdict(TokenId id) {
            return call(() -> storage.tokens().verdict(id));
        }

        @Override
        public List<ListedToken> list(
                Namespace namespace,
                Optional<SubjectKey> subject,
                Optional<TokenId> after,
                int limit) {
            return storage.tokens().list(namespace, subject, after, limit);
        }

        @Override
        public int erase(Namespace namespace, SubjectKey subject, String actor, Instant at) {
            return storage.tokens().erase(namespace, subject, actor, at);
        }

        @Override
        public void used(Map<TokenId, Instant> byId) {
            storage.tokens().used(byId);
        }

        private <T> T call(Supplier<T> work) {
            requireThere();
            meanwhile();
            T result = work.get();
            meanwhile();
            // The answer can be lost after the work was done.
            requireThere();
            return result;
        }

        private void requireThere() {
            if (isStoreDown || random.nextInt(40) == 0) {
                throw new ProblemException(new Problem.Unavailable(
                        "storage-unavailable", "away", Duration.ofSeconds(1)));
            }
        }
    }

    private static void requireExpected(ProblemException e) {
        String code = e.problem().code();
        if (!Set.of("storage-unavailable", "revocations-unproven", "clock-behind")
                .contains(code)) {
            throw new AssertionError("unexpected: " + code, e);
        }
    }

    private static final ApiKey KEY = new ApiKey(
            Samples.ulid(1),
            NAMESPACE,
            "backend",
            Set.of(Scope.ADMIN),
            new byte[32],
            Samples.NOON,
            Optional.empty(),
            Optional.empty());
}
