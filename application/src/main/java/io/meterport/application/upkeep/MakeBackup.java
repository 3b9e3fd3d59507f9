package io.meterport.application.upkeep;

import io.meterport.application.spi.Backups;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes backups, in one folder only. Thread-safe. */
public final class MakeBackup {
    private final Backups backups;
    private final Path folder;
    private final InstantSource time;

    /**
     * @param folder where they lie; made with the first of them
     */
    public MakeBackup(Backups backups, Path folder, InstantSource time) {
        this.backups = backups;
        this.folder = folder.toAbsolutePath().normalize();
        this.time = time;
    }

    /**
     * Makes one, while events keep arriving.
     *
     * @param name the name of its file; absent: one that says when
     * @throws io.meterport.domain.problem.ProblemException {@code backup-exists} or {@code
     *     already-running} (conflict); {@code storage-unavailable} if it cannot be made, after which
     *     there is no file of that name; {@code outcome-unknown} if there is one that a power cut
     *     may take away
     */
    public FinishedBackup make(Optional<BackupName> name) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        BackupName chosen = name.orElseGet(() -> BackupName.at(now));
        Path file = folder.resolve(chosen.value());
        Backups.Copy copy = backups.copyTo(file);
        return new FinishedBackup(chosen, file.toString(), copy.bytes(), copy.sha256(), now);
    }
}
