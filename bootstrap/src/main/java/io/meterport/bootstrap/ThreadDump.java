package io.meterport.bootstrap;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What every thread of this process is doing, virtual ones included. */
final class ThreadDump {
    private static final int MOST_THREADS = 500;

    private ThreadDump() {}

    /**
     * A line for each thread: its name, its state, where it is, and the locks that it holds or waits
     * for. Those of the storage come first.
     */
    static List<String> threads() {
        try {
            Path folder = Files.createTempDirectory("meterport-threads-");
            Path file = folder.resolve("threads");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return Stream.of(Files.readString(file).split("\n\n", -1))
                        .filter(thread -> thread.strip().startsWith("#"))
                        .sorted(Comparator.comparing(thread -> !thread.contains("-writer\"")))
                        .limit(MOST_THREADS)
                        .map(thread -> thread.strip().replaceAll("\\s*\n\\s*", " | "))
                        .toList();
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            return List.of("The threads cannot be told: " + e.getMessage());
        }
    }
}
