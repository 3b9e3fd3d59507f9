package io.meterport.bootstrap.powerfail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Lets the power fail after every operation of a recording, and judges what is left. */
final class Replay {
    private static final double[] PROBABILITIES = {0.1, 0.5, 0.9};
    private static final int LANES = Math.max(1, Runtime.getRuntime().availableProcessors());
    private static final int MOST_FOUND = 20;
    private static final CrashState END = new CrashState(-1, 0, "", Map.of());

    private final List<Operation> operations;
    private final Promises promises;
    private final List<Disk.Found> before;
    private final Judges judges;
    private final ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
    private final AtomicLong judged = new AtomicLong();
    private final AtomicBoolean goOn = new AtomicBoolean(true);

    /** Says who judges the disks that are laid out in a folder. */
    @FunctionalInterface
    interface Judges {
        Judge in(Path folder);
    }

    Replay(List<Operation> operations, Promises promises) {
        this(
                operations,
                promises,
                List.of(),
                folder -> new UpkeepOracle(promises, folder, new Oracle(promises, folder)));
    }

    /**
     * @param before what lay in the folder when the recording began
     */
    Replay(List<Operation> operations, Promises promises, List<Disk.Found> before, Judges judges) {
        this.before = List.copyOf(before);
        this.operations = List.copyOf(operations);
        this.promises = promises;
        this.judges = judges;
    }

    /** How many operations are followed by a power cut. */
    int operations() {
        return operations.size() - first();
    }

    /** How many different states were judged. */
    long judged() {
        return judged.get();
    }

    /**
     * What was broken, and in which state; ends early when there is much.
     *
     * @param place a folder for the disks, best in memory
     * @param random how many disks of chance there are after each operation, beside the two
     *     extremes
     * @param every after how many operations; 1 for each
     */
    List<String> broken(Path place, int random, int every, long seed) throws IOException {
        BlockingQueue<CrashState> states = new ArrayBlockingQueue<>(2 * LANES);
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            for (int i = 0; i < LANES; i++) {
                Path folder = Files.createDirectories(place.resolve("disk-" + i));
                Judge judge = judges.in(folder);
                lanes.execute(() -> judge(states, judge));
            }
            try {
                produce(states, random, every, new Random(seed));
            } finally {
                for (int i = 0; i < LANES; i++) {
                    offer(states, END);
                }
            }
        }
        return new ArrayList<>(found);
    }

    private void produce(BlockingQueue<CrashState> states, int random, int every, Random chance) {
        Disk disk = Disk.with(before);
        Set<Long> seen = new HashSet<>();
        int first = first();
        for (int at = 0; at < operations.size() && goOn.get(); at++) {
            disk.apply(operations.get(at));
            if (at < first || (at - first) % every != 0) {
                continue;
            }
            int next = at + 1;
            long moment = next < operations.size() ? operations.get(next).began() : Long.MAX_VALUE;
            List<CrashState> here = new ArrayList<>();
            here.add(new CrashState(next, moment, "nothing else", disk.withoutTheRest()));
            here.add(new CrashState(next, moment, "everything", disk.withAll()));
            for (int i = 0; i < random; i++) {
                double part = PROBABILITIES[(at + i) % PROBABILITIES.length];
                here.add(new CrashState(
                        next, moment, "each piece with " + part, disk.withSome(part, chance)));
            }
            for (CrashState state : here) {
                if (seen.add(state.fingerprint() * 31 + promises.madeBefore(moment))) {
                    offer(states, state);
                }
            }
        }
    }

    /** The first operation that is judged. */
    private int first() {
        int first = 0;
        while (first < operations.size() && operations.get(first).began() < promises.judgedFrom()) {
            first++;
        }
        return first;
    }

    private void judge(BlockingQueue<CrashState> states, Judge judge) {
        try {
            for (CrashState state = states.take(); !state.equals(END); state = states.take()) {
                if (goOn.get()) {
                    for (String what : judge.broken(state)) {
                        found.add(state + ": " + what);
                    }
                    judged.incrementAndGet();
                    goOn.set(found.size() < MOST_FOUND);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void offer(BlockingQueue<CrashState> states, CrashState state) {
        try {
            if (!states.offer(state, 10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nobody judges");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
