package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Session;
import io.meterport.domain.meter.Contribution;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the events of one transaction contribute, added up in memory. Not thread-safe.
 *
 * <p>Recent hours go to recent rows, and from there into the pages as soon as they are too long to
 * lie in one place; all other hours go into the pages at once.
 */
public final class Contributions {
    /** The series that stands for all of a build's series together. */
    public static final long ALL = 0;

    /** A longer row would spill over to a page of its own in the file. */
    private static final int MOST_RECENT_BYTES = 900;

    private record Key(long build, long series, long hour) {}

    private final Stretch recentHours;
    private final Map<Key, HourCells> hours = new HashMap<>();
    private final SortedMap<DistinctDay, SortedSet<PresentValue>> values = new TreeMap<>();
    private final RecentMemory recent;
    private final Page page = new Page(Level.MINUTES);
    private final Pages pages = new Pages();

    /**
     * @param recentHours hours in which more events are expected
     * @param recent what is known of their rows
     */
    public Contributions(Stretch recentHours, RecentMemory recent) {
        this.recentHours = recentHours;
        this.recent = recent;
    }

    /**
     * Adds what one event of a series contributes.
     *
     * @param combination of the values of the meter's dimensions; zero if it has none
     */
    public void add(
            BuildTarget target,
            long series,
            long micros,
            int combination,
            Contribution.Value value) {
        Cell cell = Cell.of(target.merge(), micros, value);
        long hour = Level.HOURS.bucket(micros);
        hour(target, series, hour).add(micros, combination, cell);
        hour(target, ALL, hour).add(micros, combination, cell);
        if (value instanceof Contribution.Value.Text(String text)) {
            values.computeIfAbsent(
                            new DistinctDay(target.number(), series, Level.HOURS.page(hour)),
                            missing -> new TreeSet<>())
                    .add(new PresentValue(ValueHash.of(text), hour, combination));
        }
    }

    /** Adds all of it to what is stored. */
    public void write(Session session) throws SQLException {
        List<HourCells> sorted = new ArrayList<>(hours.values());
        Collections.sort(sorted);
        for (HourCells cells : sorted) {
            for (int block : cells.blocks().keySet()) {
                if (recentHours.contains(cells.hour())) {
                    addRecent(session, cells, block);
                } else {
                    pages.add(cells, block);
                }
            }
        }
        pages.write(session);
        for (Map.Entry<DistinctDay, SortedSet<PresentValue>> day : values.entrySet()) {
            day.getKey().add(session, day.getValue());
        }
    }

    private void addRecent(Session session, HourCells cells, int block) throws SQLException {
        byte[] before = recent.find(session, cells, block);
        CellMap added = cells.blocks().getOrDefault(block, new CellMap());
        byte[] after = page.with(before, cells.hour(), added, cells.target().merge());
        if (after.length <= MOST_RECENT_BYTES) {
            recent.put(session, cells, block, after);
            return;
        }
        pages.add(cells.target(), row(cells, block, after));
        if (before.length > 0) {
            recent.delete(session, cells, block);
        }
    }

    private static RecentTable.Row row(HourCells cells, int block, byte[] parts) {
        return new RecentTable.Row(
                cells.hour(), cells.target().number(), cells.series(), block, parts);
    }

    private HourCells hour(BuildTarget target, long series, long hour) {
        return hours.computeIfAbsent(
                new Key(target.number(), series, hour),
                missing -> new HourCells(target, series, hour));
    }
}
