package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.Chore;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Deletes what builds left that do not count any more. */
final class BuildSweep implements Chore {
    private static final int SERIES_AT_A_TIME = 500;
    private static final List<String> TABLES =
            List.of("minute_part", "minute_total", "hour_part", "hour_total", "presence");

    @Override
    public boolean step(Handle handle) {
        Optional<Long> build = handle.createQuery(
                        "select number from build where not current order by number limit 1")
                .mapTo(long.class)
                .findOne();
        return build.isPresent() && sweep(handle, build.get());
    }

    private static boolean sweep(Handle handle, long build) {
        handle.execute("select set_config('statement_timeout', '0', true)");
        for (String table : TABLES) {
            Optional<Long> first = handle.createQuery("select series from " + table
                            + " where build = :build order by series limit 1")
                    .bind("build", build)
                    .mapTo(long.class)
                    .findOne();
            if (first.isPresent()) {
                handle.createUpdate(
                                "delete from " + table + " where build = :build and series < :end")
                        .bind("build", build)
                        .bind("end", first.get() + SERIES_AT_A_TIME)
                        .execute();
                return true;
            }
        }
        handle.execute("delete from combination where build = ?", build);
        handle.execute("delete from build where number = ?", build);
        return true;
    }
}
