package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.catalog.LiveMeters;
import io.meterport.adapters.sqlite.file.Chore;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.BuildTarget;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.Pages;
import io.meterport.adapters.sqlite.rollup.RecentTable;
import io.meterport.adapters.sqlite.rollup.Stretch;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Which hours are recent, and what happens to those that no longer are: they join their pages. */
public final class RecentHours implements Chore {
    private static final int HOURS_BACK = 2;
    private static final int HOURS_AHEAD = 1;
    /** Late events may still come in an hour that has just ceased to be recent. */
    private static final int HOURS_KEPT = 1;

    private static final int MOST_ROWS = 100;

    private final LiveMeters meters;
    private final InstantSource time;

    public RecentHours(LiveMeters meters, InstantSource time) {
        this.meters = meters;
        this.time = time;
    }

    /** The hours that most events of today's traffic belong to. */
    Stretch now() {
        long hour = Level.HOURS.bucket(Micros.of(time.instant()));
        return new Stretch(hour - HOURS_BACK, hour + HOURS_AHEAD + 1);
    }

    @Override
    public boolean step(Session session) throws SQLException {
        return join(session, now().from() - HOURS_KEPT);
    }

    /** Lets rows of any hour join their pages, recent or not; false if there was none left. */
    public boolean joinAny(Session session) throws SQLException {
        return join(session, Long.MAX_VALUE);
    }

    private boolean join(Session session, long before) throws SQLException {
        RecentTable recent = new RecentTable();
        List<RecentTable.Row> rows = recent.before(session, before, MOST_ROWS);
        Pages pages = new Pages();
        for (RecentTable.Row row : rows) {
            Optional<BuildTarget> target = meters.target(row.build());
            if (target.isPresent()) {
                pages.add(target.get(), row);
            }
            recent.delete(session, row);
        }
        pages.write(session);
        return !rows.isEmpty();
    }
}
