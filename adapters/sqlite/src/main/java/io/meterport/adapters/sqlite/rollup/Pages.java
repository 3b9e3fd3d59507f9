package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one transaction adds to pages, put together first, so that each page is read and written
 * once. Not thread-safe.
 */
public final class Pages {
    private record Key(Level level, long build, long series, long page) {}

    private final Map<Key, PendingPage> pending = new HashMap<>();
    private final RecentTable recent = new RecentTable();
    private final PageTable hours = new PageTable(Level.HOURS);
    private final PageTable minutes = new PageTable(Level.MINUTES);

    /** Adds the minutes of a recent row. */
    public void add(BuildTarget target, RecentTable.Row row) throws SQLException {
        List<PendingPage> touched = touched(target, row.series(), row.hour());
        recent.show(row.hour(), row.block(), row.parts(), (combination, minute, cell) -> {
            for (PendingPage page : touched) {
                page.add(Level.MINUTES.start(minute), combination, cell);
            }
        });
    }

    /** Adds what happened in one minute, or in an hour of a build that has no minutes. */
    void add(BuildTarget target, long series, int combination, long micros, Cell cell) {
        for (PendingPage page : touched(target, series, Level.HOURS.bucket(micros))) {
            page.add(micros, combination, cell);
        }
    }

    /** Adds minutes of an hour. */
    void add(HourCells cells, int block) {
        List<PendingPage> touched = touched(cells.target(), cells.series(), cells.hour());
        CellMap added = cells.blocks().getOrDefault(block, new CellMap());
        for (int key : added.keys()) {
            int combination = block * Level.BLOCK + key / Level.MINUTES.slots();
            long minute = cells.hour() * Level.MINUTES.slots() + key % Level.MINUTES.slots();
            for (PendingPage page : touched) {
                page.add(Level.MINUTES.start(minute), combination, added.at(key));
            }
        }
    }

    /** Writes all of it. */
    public void write(Session session) throws SQLException {
        List<PendingPage> sorted = new ArrayList<>(pending.values());
        Collections.sort(sorted);
        for (PendingPage page : sorted) {
            PageTable table = switch (page.level()) {
                case HOURS -> hours;
                case MINUTES -> minutes;
            };
            for (int block : page.blocks()) {
                table.add(session, page, block);
            }
        }
    }

    private List<PendingPage> touched(BuildTarget target, long series, long hour) {
        PendingPage day = page(Level.HOURS, target, series, Level.HOURS.page(hour));
        return target.countsDistinct()
                ? List.of(day)
                : List.of(day, page(Level.MINUTES, target, series, hour));
    }

    private PendingPage page(Level level, BuildTarget target, long series, long number) {
        return pending.computeIfAbsent(
                new Key(level, target.number(), series, number),
                missing -> new PendingPage(level, target, series, number));
    }
}
