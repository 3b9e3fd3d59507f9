package io.meterport.application.upkeep;

import java.time.Instant;

/**
 * A backup that is complete, verified and on the disk.
 *
 * @param path where it lies
 * @param sha256 of its bytes, in hexadecimal digits
 * @param createdAt when it was begun; everything acknowledged before is in it
 */
public record FinishedBackup(
        BackupName name, String path, long bytes, String sha256, Instant createdAt) {}
