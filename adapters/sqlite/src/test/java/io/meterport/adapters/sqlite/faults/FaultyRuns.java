package io.meterport.adapters.sqlite.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Lets the first operation fail, then the second, and so on until there is none of that number.
 * System properties, which are those of {@link FaultTest}, say which part of that.
 */
final class FaultyRuns {
    private static final int STEP = Integer.getInteger("proofs.faults", 10);
    private static final int FIRST = Integer.getInteger("proofs.faults-first", 1);
    private static final int LAST = Integer.getInteger("proofs.faults-last", 100_000);
    private static final String ONLY = System.getProperty("proofs.faults-only", "");
    private static final int CYCLES = 20;

    private final Path home;
    private final Faults faults;

    private FaultyRuns(Path home, Faults faults) {
        this.home = home;
        this.faults = faults;
    }

    /** Runs all of them in that folder, steered by that file. */
    public static void main(String... arguments) throws IOException {
        FaultyRuns runs = new FaultyRuns(Path.of(arguments[0]), new Faults(Path.of(arguments[1])));
        for (Faults.Kind kind : Faults.Kind.values()) {
            runs.each(kind, "begin");
            runs.each(kind, "work");
        }
        runs.fill();
    }

    private void each(Faults.Kind kind, String what) throws IOException {
        if (!(kind + "-" + what).contains(ONLY)) {
            return;
        }
        int number = FIRST;
        int failed = 0;
        boolean more = true;
        while (more && number <= LAST) {
            Path folder = Files.createDirectories(home.resolve("run"));
            FaultyRun run = new FaultyRun(folder, faults);
            try {
                more = what.equals("begin") ? run.begin(kind, number) : run.work(kind, number);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        kind + ", operation " + number + " of " + what + " failed", e);
            } finally {
                faults.release();
            }
            delete(folder);
            failed += more ? 1 : 0;
            number += STEP;
        }
        System.out.println(kind + " " + what + ": " + failed + " operations from " + FIRST
                + ", each " + STEP + ", " + (more ? "to " + LAST : "to the end"));
    }

    private void fill() throws IOException {
        Path folder = Files.createDirectories(home.resolve("run"));
        new FaultyRun(folder, faults).fill(CYCLES);
        delete(folder);
        System.out.println("filled and freed " + CYCLES + " times");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
