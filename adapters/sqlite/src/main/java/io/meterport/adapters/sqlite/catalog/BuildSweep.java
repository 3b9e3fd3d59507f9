package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Chore;
import io.meterport.adapters.sqlite.file.Session;
import java.util.List;
import java.util.Optional;

/** Deletes what builds left that do not count any more. */
public final class BuildSweep implements Chore {
    private static final int MOST_ROWS = 200;

    private static final String HOURS = """
            delete from rollup_hours where (build, series, block, page) in (
                select build, series, block, page from rollup_hours
                where build = :build limit :most)""";
    private static final String MINUTES = """
            delete from rollup_minutes where (build, series, block, page) in (
                select build, series, block, page from rollup_minutes
                where build = :build limit :most)""";
    private static final String RECENT = """
            delete from rollup_recent where (hour, build, series, block) in (
                select hour, build, series, block from rollup_recent
                where build = :build limit :most)""";
    private static final String VALUES = """
            delete from presence where (build, series, day, value, hour, combination) in (
                select build, series, day, value, hour, combination from presence
                where build = :build limit :most)""";
    private static final String DAYS = """
            delete from distinct_day where (build, series, day) in (
                select build, series, day from distinct_day
                where build = :build limit :most)""";
    private static final String COMBINATIONS = """
            delete from combination where (build, id) in (
                select build, id from combination where build = :build limit :most)""";
    private static final String BUILD = "delete from build where number = :build";

    static final List<String> STEPS =
            List.of(HOURS, MINUTES, RECENT, VALUES, DAYS, COMBINATIONS, BUILD);

    @Override
    public boolean step(Session session) {
        Optional<Long> build = session.handle()
                .createQuery("select number from build where current = 0 order by number limit 1")
                .mapTo(Long.class)
                .findOne();
        build.ifPresent(number -> deleteSome(session, number));
        return build.isPresent();
    }

    private static void deleteSome(Session session, long build) {
        int deleted = 0;
        for (int step = 0; step < STEPS.size() && deleted == 0; step++) {
            deleted = session.handle()
                    .createUpdate(STEPS.get(step))
                    .bind("build", build)
                    .bind("most", MOST_ROWS)
                    .execute();
        }
    }
}
