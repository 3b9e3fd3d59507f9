package io.meterport.application.spi;

import java.time.Instant;
import java.util.Objects;

/**
 * What somebody did about access, or about what is metered.
 *
 * @param number its place in the one order of all entries of the installation
 * @param actor the public id of the key that asked for it
 * @param target the public id, or the name, of what it was done to
 */
public record AuditEntry(long number, Instant at, String actor, AuditAction action, String target) {
    public AuditEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(target, "target");
    }
}
