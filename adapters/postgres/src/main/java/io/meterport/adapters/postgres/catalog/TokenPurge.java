package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.Chore;
import io.meterport.adapters.postgres.server.Micros;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Forgets tokens that expired long ago, and then what was kept only for them. A watermark goes only
 * once no token is left that it covers, so that not even a clock that was wrong for a while can
 * bring a revoked token back. Watermarks of namespaces and global ones stay for ever.
 */
final class TokenPurge implements Chore {
    private static final Duration KEPT_AFTER_LIFE = Duration.ofDays(30);
    private static final int MOST_ROWS = 500;

    private static final String TOKENS = """
            with gone as (
                delete from portal_token where id in (
                    select id from portal_token where expires_at < :before
                    limit :most for update skip locked)
                returning id, namespace, subject_hash),
            holders as (
                delete from token_holder where (namespace, subject_hash) in (
                    select gone.namespace, gone.subject_hash from gone where not exists (
                        select 1 from portal_token as kept
                        where kept.namespace = gone.namespace
                            and kept.subject_hash = gone.subject_hash
                            and kept.expires_at >= :before)))
            select count(*) from gone""";
    private static final String REVOCATIONS = """
            delete from revocation where seq in (
                select seq from revocation as old where live_until < :before and not exists (
                    select 1 from watermark where watermark.namespace = old.namespace
                        and watermark.kind = old.kind
                        and watermark.target_hash = old.target_hash
                        and watermark.seq = old.seq)
                limit :most)""";

    static final List<String> STEPS = List.of(
            watermarks("subject", "portal_token.subject_hash"),
            watermarks("session", "portal_token.session_hash"),
            watermarks("apikey", "sha256(convert_to(portal_token.issued_by, 'UTF8'))"),
            REVOCATIONS);

    private final InstantSource time;

    TokenPurge(InstantSource time) {
        this.time = time;
    }

    /** Nobody revokes meanwhile: a watermark that rises must not be taken for the one before. */
    @Override
    public boolean step(Handle handle) {
        long before = now(handle) - Micros.of(KEPT_AFTER_LIFE);
        handle.createQuery("select seq from revocation_head for update")
                .mapTo(long.class)
                .one();
        int deleted = handle.createQuery(TOKENS)
                .bind("before", before)
                .bind("most", MOST_ROWS)
                .mapTo(int.class)
                .one();
        for (String step : STEPS) {
            deleted += handle.createUpdate(step)
                    .bind("before", before)
                    .bind("most", MOST_ROWS)
                    .execute();
        }
        return deleted > 0;
    }

    /** Not later than the highest time believed: a clock set wrongly ahead must delete nothing. */
    private long now(Handle handle) {
        long wall = Micros.of(time.instant());
        return handle.createQuery("select least(max(time), :wall) from clock_mark")
                .bind("wall", wall)
                .mapTo(long.class)
                .one();
    }

    /** Both are constants: a kind of revocation, and the column by which it aims. */
    private static String watermarks(String kind, String column) {
        return """
                delete from watermark where (namespace, kind, target_hash) in (
                    select old.namespace, old.kind, old.target_hash from revocation as old
                    where old.live_until < :before and old.kind = 'KIND' and not exists (
                        select 1 from portal_token where portal_token.namespace = old.namespace
                            and COLUMN = old.target_hash)
                    limit :most)
                and seq in (select seq from revocation where live_until < :before)""".replace("KIND", kind).replace("COLUMN", column);
    }
}
