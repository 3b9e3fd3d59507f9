package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Chore;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Forgets tokens that expired long ago, and then what was kept only for them. A watermark goes only
 * once no token is left that it covers, so that not even a clock that was wrong for a while can
 * bring a revoked token back. Watermarks of namespaces and global ones stay for ever.
 */
public final class TokenPurge implements Chore {
    private static final Duration KEPT_AFTER_LIFE = Duration.ofDays(30);
    private static final int MOST_ROWS = 500;

    private static final String TOKENS = """
            delete from portal_token where id in (
                select id from portal_token where expires_at < :before limit :most)""";
    private static final String REVOCATIONS = """
            delete from revocation where seq in (
                select seq from revocation as old where live_until < :before and not exists (
                    select 1 from watermark where watermark.namespace = old.namespace
                        and watermark.kind = old.kind and watermark.target = old.target
                        and watermark.seq = old.seq)
                limit :most)""";

    static final List<String> STEPS = List.of(
            TOKENS,
            watermarks("subject", "subject"),
            watermarks("session", "session"),
            watermarks("apikey", "issued_by"),
            REVOCATIONS);

    private final InstantSource time;

    public TokenPurge(InstantSource time) {
        this.time = time;
    }

    @Override
    public boolean step(Session session) {
        long before = now(session) - Micros.of(KEPT_AFTER_LIFE);
        int deleted = 0;
        for (String step : STEPS) {
            deleted += session.handle()
                    .createUpdate(step)
                    .bind("before", before)
                    .bind("most", MOST_ROWS)
                    .execute();
        }
        return deleted > 0;
    }

    /** Not later than the highest time believed: a clock set wrongly ahead must delete nothing. */
    private long now(Session session) {
        long wall = Micros.of(time.instant());
        return session.handle()
                .createQuery(
                        "select coalesce(min(time, :wall), :wall) from (select max(time) as time"
                                + " from clock_mark)")
                .bind("wall", wall)
                .mapTo(long.class)
                .one();
    }

    /** Both are constants: a kind of revocation, and the column by which it aims. */
    private static String watermarks(String kind, String column) {
        return """
                delete from watermark where (namespace, kind, target) in (
                    select old.namespace, old.kind, old.target from revocation as old
                    where old.live_until < :before and old.kind = 'KIND' and not exists (
                        select 1 from portal_token where portal_token.namespace = old.namespace
                            and portal_token.COLUMN = old.target)
                    limit :most)
                and seq in (select seq from revocation where live_until < :before)""".replace("KIND", kind).replace("COLUMN", column);
    }
}
