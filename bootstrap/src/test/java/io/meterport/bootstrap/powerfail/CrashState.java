package io.meterport.bootstrap.powerfail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A disk as a power cut left it.
 *
 * @param at the operation before which the power went
 * @param moment when that was, by the clock of the ledger
 * @param survived how much of what was not flushed
 */
record CrashState(int at, long moment, String survived, Map<String, byte[]> files) {
    /** Equal for states whose files are equal, and almost never for others. */
    long fingerprint() {
        long all = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            CRC32C checksum = new CRC32C();
            checksum.update(file.getValue());
            all = all * 31 + file.getKey().hashCode();
            all = all * 31 + checksum.getValue();
            all = all * 31 + Arrays.hashCode(file.getValue());
        }
        return all;
    }

    /** Puts the files into that folder, instead of all that is there. */
    void writeTo(Path folder) throws IOException {
        try (Stream<Path> old = Files.walk(folder)) {
            for (Path file : old.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, file.getValue());
        }
    }

    @Override
    public String toString() {
        return "before operation " + at + ", " + survived;
    }
}
