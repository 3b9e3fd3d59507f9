package io.meterport.application.spi;

import java.nio.file.Path;

/** Copies a whole store while it is in use. */
public interface Backups {
    /**
     * Copies one state of the store, with all that was acknowledged before, to a new file whose
     * folder is made if need be. The copy is looked through and on the disk before it gets its name;
     * whatever goes wrong, there is never half a file of that name. One at a time.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code backup-exists} (conflict) if there
     *     is such a file, {@code already-running} (conflict), {@code storage-unavailable}, {@code
     *     outcome-unknown}: the copy is there and whole, but a power cut may take its name away
     */
    Copy copyTo(Path file);

    /**
     * What was copied.
     *
     * @param sha256 of the file, in hexadecimal digits
     */
    record Copy(long bytes, String sha256) {}
}
