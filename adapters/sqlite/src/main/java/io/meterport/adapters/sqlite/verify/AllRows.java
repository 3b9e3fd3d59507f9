package io.meterport.adapters.sqlite.verify;

import io.meterport.adapters.sqlite.event.EventRows;
import io.meterport.adapters.sqlite.event.StoredCombinations;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.key.KnownKeys;
import io.meterport.adapters.sqlite.rollup.DistinctDays;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.PageTable;
import io.meterport.adapters.sqlite.rollup.PresentValues;
import io.meterport.adapters.sqlite.rollup.RecentTable;
import java.sql.SQLException;

/** Every row that has a checksum. */
public final class AllRows {
    private AllRows() {}

    /**
     * Reads all of them.
     *
     * @throws SQLException if one is not as it was written
     */
    public static void check(Session session) throws SQLException {
        EventRows.check(session);
        KnownKeys.check(session);
        StoredCombinations.check(session);
        PresentValues.check(session);
        DistinctDays.check(session);
        for (Level level : Level.values()) {
            new PageTable(level).check(session);
        }
        new RecentTable().before(session, Long.MAX_VALUE, Integer.MAX_VALUE);
    }
}
