package io.meterport.bootstrap.nodes;

import io.meterport.adapters.redis.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * R7: Redis is killed, emptied, stopped, cut off and lied to, while tokens are made, used and revoked
 * on all nodes. A question sent later than the bound after the 204 of a revocation must not be
 * answered for a token that it covers.
 */
final class Flapping {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final int ASKERS = 3;
    private static final int TOKENS = 12;

    /** A token, and when its revocation was answered; zero while it was not. */
    private record Used(String text, AtomicLong revokedAt) {}

    /**
     * What came of it.
     *
     * @param unanswered how many questions with good tokens were answered neither 200 nor 401
     */
    record Result(
            int flaps,
            int kinds,
            long letIn,
            long refused,
            long unanswered,
            long revoked,
            List<String> violations) {
        @Override
        public String toString() {
            return "%,d disturbances of %d kinds, %,d revocations, %,d let in, %,d refused, %,d not answered, %,d violations"
                    .formatted(
                            flaps, kinds, revoked, letIn, refused, unanswered, violations.size());
        }
    }

    private final Cluster cluster;
    private final Random random;
    private final List<Used> tokens = new CopyOnWriteArrayList<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicLong letIn = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong revoked = new AtomicLong();
    private volatile boolean isOver;

    Flapping(Cluster cluster, long seed) {
        this.cluster = cluster;
        this.random = new Random(seed);
    }

    Result run(int flaps) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            Random own = new Random(random.nextLong());
            threads.add(Thread.ofVirtual().start(() -> ask(own)));
        }
        Random own = new Random(random.nextLong());
        threads.add(Thread.ofVirtual().start(() -> revoke(own)));
        List<Disturbance> plan = plan(flaps);
        plan.forEach(this::disturb);
        isOver = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(
                plan.size(),
                Disturbance.values().length,
                letIn.get(),
                refused.get(),
                unanswered.get(),
                revoked.get(),
                List.copyOf(violations));
    }

    /** What is done to Redis, and how many of a hundred are that. */
    private enum Disturbance {
        KILL(40),
        FLUSH(20),
        FREEZE(10),
        FORGE(6),
        FAIL_OVER(4),
        CUT(5),
        BLACK_HOLE(5),
        MUTE(5),
        SLOW(5);

        private final int percent;

        Disturbance(int percent) {
            this.percent = percent;
        }
    }

    /** So many of all kinds, in any order; one of each where there are few. */
    private List<Disturbance> plan(int flaps) {
        List<Disturbance> plan = new ArrayList<>();
        for (Disturbance each : Disturbance.values()) {
            for (int i = 0; i < Math.max(1, flaps * each.percent / 100); i++) {
                plan.add(each);
            }
        }
        Collections.shuffle(plan, random);
        return plan;
    }

    private void disturb(Disturbance what) {
        FaultProxy way = cluster.way(random.nextInt(Cluster.NODES));
        switch (what) {
            case KILL -> {
                cluster.redis().kill();
                cluster.redis().restart();
            }
            case FLUSH -> command("FLUSHALL");
            case FREEZE -> {
                cluster.redis().freeze();
                pause();
                cluster.redis().thaw();
            }
            case FORGE -> command("FORGE");
            case FAIL_OVER -> cluster.failOver();
            case CUT -> way.cut();
            case BLACK_HOLE -> way.blackHole();
            case MUTE -> way.mute();
            case SLOW -> way.latency(Duration.ofMillis(200));
        }
        pause();
        if (random.nextBoolean()) {
            way.heal();
        }
    }

    private void command(String what) {
        try (RedisClient client = cluster.redis().client()) {
            if (what.equals("FLUSHALL")) {
                client.flushAll();
            } else {
                String head = Long.toString(random.nextLong(Long.MAX_VALUE));
                client.set("{meterport}:head", head);
                client.publish("{meterport}:head", head);
            }
        } catch (JedisException e) {
            // It is what is being disturbed.
            pause();
        }
    }

    private void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(800)));
    }

    private void ask(Random own) {
        while (!isOver) {
            if (tokens.isEmpty()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                continue;
            }
            Used asked = tokens.get(own.nextInt(tokens.size()));
            int node = own.nextInt(Cluster.NODES);
            long revokedAt = asked.revokedAt().get();
            long sent = System.nanoTime();
            int status = cluster.node(node).ask(asked.text());
            switch (status) {
                case 200 -> {
                    letIn.incrementAndGet();
                    if (revokedAt != 0 && sent - revokedAt > BOUND.toNanos()) {
                        violations.add("node " + node + " let a token in "
                                + Duration.ofNanos(sent - revokedAt) + " after its revocation");
                    }
                }
                case 401 -> refused.incrementAndGet();
                default -> unanswered.incrementAndGet();
            }
        }
    }

    private void revoke(Random own) {
        int made = 0;
        while (!isOver) {
            Node node = cluster.node(own.nextInt(Cluster.NODES));
            if (tokens.size() < TOKENS || own.nextBoolean()) {
                try {
                    tokens.add(new Used(node.token("flap-" + made++), new AtomicLong()));
                } catch (RuntimeException e) {
                    violations.add("no token was made: " + e.getMessage());
                }
            } else {
                Used gone = tokens.get(own.nextInt(tokens.size()));
                if (node.revoke(gone.text()) == 204 && gone.revokedAt().get() == 0) {
                    gone.revokedAt().set(System.nanoTime());
                    revoked.incrementAndGet();
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
