package io.meterport.bootstrap.bench;

import io.meterport.bootstrap.client.CommandFailure;
import io.meterport.bootstrap.client.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how fast Meterport is on the machine of the person who asks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures how fast this machine is with Meterport, beside what the machine"
                + " can do at most, and checks that every event was counted. Starts a server of"
                + " its own on a new store and leaves nothing behind. Takes about two minutes;"
                + " never more than 50 times --seconds and three minutes.")
public final class BenchCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 60;
    private static final long ROOM = 1L << 30;

    private final Surroundings around;
    private final String version;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to put the store: an empty folder, or one that is not there yet,"
                    + " on the disk that is to be measured. Default: a temporary folder.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each of the rounds takes, 1 to 60. Default: 3.")
    private int seconds = 3;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "How many events a second to send in batches where latency is measured."
                    + " Default: 40 %% of what turns out to be possible.")
    private Optional<Integer> rate = Optional.empty();

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    /**
     * @param version that of this program, which is printed beside the results
     */
    public BenchCommand(Surroundings around, String version) {
        this.around = around;
        this.version = version;
    }

    @Override
    public Integer call() {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new CommandFailure("--seconds must be 1 to " + MOST_SECONDS + ".");
        }
        if (rate.filter(each -> each < 1).isPresent()) {
            throw new CommandFailure("--rate must be at least 1.");
        }
        Duration time = Duration.ofSeconds(seconds);
        Instant begin = Instant.now();
        Workplace place = Workplace.open(data, jvmOptions());
        Thread atExit = new Thread(place::close);
        Runtime.getRuntime().addShutdownHook(atExit);
        Thread watch = Thread.ofVirtual().start(() -> endAfter(Bench.longest(time), place));
        try (place) {
            requireRoom(place);
            var bench = new Bench(
                    place,
                    time,
                    rate.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                    this::say);
            var output = new BenchOutput(version, begin, seconds, place.disk(), bench.run());
            if (json) {
                output.printJson(around.out());
            } else {
                output.printTable(around.out());
            }
            return 0;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new CommandFailure("The measurement failed: " + reason(e) + ".");
        } finally {
            watch.interrupt();
            forget(atExit);
        }
    }

    private void requireRoom(Workplace place) throws IOException {
        long needed = ROOM + seconds * (ROOM / 2);
        if (place.room() < needed) {
            throw new CommandFailure("There must be " + (needed >> 20)
                    + " MiB of room for the store; name a folder on another disk with --data, or"
                    + " fewer --seconds.");
        }
        if (List.of("tmpfs", "ramfs").contains(place.disk())) {
            around.err()
                    .println("The folder lies in memory, where syncing costs nothing; name one on"
                            + " a disk with --data to measure what a server would do.");
        }
    }

    private void say(String what) {
        around.err().println("measuring " + what + " ...");
    }

    /** Ends everything, so that what waits for an answer fails, unless it is told before. */
    private static void endAfter(Duration longest, Workplace place) {
        try {
            Thread.sleep(longest);
            place.close();
        } catch (InterruptedException e) {
            return; // All is measured.
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // The process ends already, and with it the hook.
        }
    }

    private static String reason(Exception failure) {
        return Optional.ofNullable(failure.getCause())
                .map(Throwable::getMessage)
                .map(cause -> failure.getMessage() + ", " + cause)
                .orElse(String.valueOf(failure.getMessage()));
    }

    /** The servers run as this process was told to, as far as memory and speed go. */
    private static List<String> jvmOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:+Use")
                        || option.startsWith("-XX:MaxRAM")
                        || option.startsWith("-Xm")
                        || option.startsWith("-Xs"))
                .toList();
    }
}
