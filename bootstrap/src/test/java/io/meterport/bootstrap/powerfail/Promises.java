package io.meterport.bootstrap.powerfail;

import io.meterport.bootstrap.ledger.Account;
import java.util.List;
import java.util.Map;

/**
 * What was acknowledged while the files were recorded, and when.
 *
 * @param readyAt when the server first listened
 * @param judgedFrom power cuts before that are of no interest
 * @param meters when the making of each meter was acknowledged, by slug
 */
record Promises(
        long readyAt,
        long judgedFrom,
        Map<String, Long> meters,
        List<Backup> backups,
        List<Account.Batch> batches,
        List<Account.Token> tokens,
        Forgetting forgetting) {
    /**
     * A backup that was made.
     *
     * @param file where, in the data folder
     * @param sha256 what its bytes add up to
     */
    record Backup(String file, String sha256, long ackedAt) {}

    Promises {
        backups = List.copyOf(backups);
        meters = Map.copyOf(meters);
        batches = List.copyOf(batches);
        tokens = List.copyOf(tokens);
    }

    /** How many promises had been made by then: states that differ in it are not the same. */
    long madeBefore(long moment) {
        return forgetting.madeBefore(moment)
                + (readyAt < moment ? 1 : 0)
                + meters.values().stream().filter(at -> at < moment).count()
                + backups.stream().filter(backup -> backup.ackedAt() < moment).count()
                + batches.stream().filter(batch -> batch.ackedAt() < moment).count()
                + tokens.stream().filter(token -> token.madeAt() < moment).count()
                + tokens.stream().filter(token -> token.revokedAt() < moment).count()
                + tokens.stream().filter(token -> token.revokingAt() < moment).count();
    }
}
