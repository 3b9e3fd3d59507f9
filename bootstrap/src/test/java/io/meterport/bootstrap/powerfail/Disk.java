package io.meterport.bootstrap.powerfail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One folder of a disk: what was flushed stays, of the rest any part may. A new name, a removed one
 * and a changed one stay when the folder was flushed; of those that were not, the first few do.
 */
final class Disk {
    private final Map<Long, SimulatedFile> byNumber = new HashMap<>();
    private final Map<String, SimulatedFile> flushedNames = new TreeMap<>();
    private final List<Operation> pendingNames = new ArrayList<>();
    private final List<SimulatedFile> created = new ArrayList<>();

    /** A file that is there from the beginning. */
    record Found(String name, long number, byte[] content) {
        /** All in that folder, but for what servers said and the memory that connections share. */
        static List<Found> in(Path folder) throws IOException {
            List<Found> all = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.endsWith(".log") && !name.endsWith("-shm")) {
                        long number = (Long) Files.getAttribute(file, "unix:ino");
                        all.add(new Found(name, number, Files.readAllBytes(file)));
                    }
                }
            }
            return all;
        }
    }

    /** A disk on which these have been flushed. */
    static Disk with(List<Found> files) {
        Disk disk = new Disk();
        for (Found each : files) {
            SimulatedFile file = new SimulatedFile(each.content());
            disk.byNumber.put(each.number(), file);
            disk.flushedNames.put(each.name(), file);
        }
        return disk;
    }

    /** Does what the process did. */
    void apply(Operation operation) {
        switch (operation) {
            case Operation.Create create -> {
                SimulatedFile file = new SimulatedFile(new byte[0]);
                byNumber.put(create.file(), file);
                pendingNames.add(create);
                created.add(file);
            }
            case Operation.Write write -> byNumber.get(write.file()).add(write);
            case Operation.Truncate truncate -> byNumber.get(truncate.file()).add(truncate);
            case Operation.Sync(long began, long number) -> {
                SimulatedFile file = byNumber.get(number);
                if (file != null) {
                    file.flush();
                } else {
                    flushNames();
                }
            }
            case Operation.Unlink unlink -> pendingNames.add(unlink);
            case Operation.Rename rename -> pendingNames.add(rename);
        }
    }

    /** The files that there are if nothing survived that was not flushed. */
    Map<String, byte[]> withoutTheRest() {
        return files(0, () -> false);
    }

    /** The files that there are if everything survived. */
    Map<String, byte[]> withAll() {
        return files(pendingNames.size(), () -> true);
    }

    /** The files that there are if each piece survived with that probability. */
    Map<String, byte[]> withSome(double probability, Random random) {
        return files(
                random.nextInt(pendingNames.size() + 1), () -> random.nextDouble() < probability);
    }

    private Map<String, byte[]> files(int names, BooleanSupplier survives) {
        Map<String, byte[]> files = new TreeMap<>();
        names(names).forEach((name, file) -> files.put(name, file.content(survives)));
        return files;
    }

    private void flushNames() {
        Map<String, SimulatedFile> all = names(pendingNames.size());
        flushedNames.clear();
        flushedNames.putAll(all);
        pendingNames.clear();
        created.clear();
    }

    private Map<String, SimulatedFile> names(int most) {
        Map<String, SimulatedFile> names = new TreeMap<>(flushedNames);
        int made = 0;
        for (Operation each : pendingNames.subList(0, most)) {
            switch (each) {
                case Operation.Create create -> names.put(create.name(), created.get(made++));
                case Operation.Unlink unlink -> names.remove(unlink.name());
                case Operation.Rename rename -> {
                    SimulatedFile file = names.remove(rename.from());
                    if (file != null) {
                        names.put(rename.to(), file);
                    }
                }
                default -> throw new IllegalStateException("about no name: " + each);
            }
        }
        return names;
    }
}
