package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Session;
import io.meterport.domain.meter.Contribution;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the events of one transaction contribute, added up in memory, so that each page is read and
 * written once. Not thread-safe.
 */
public final class Contributions {
    /** The series that stands for all of a build's series together. */
    public static final long ALL = 0;

    private record Hour(long build, long series, long hour) {}

    private record PageKey(Level level, long build, long series, long page) {}

    private final Map<Hour, List<PendingPage>> hours = new HashMap<>();
    private final Map<PageKey, PendingPage> pages = new HashMap<>();
    private final TreeSet<PresentValue> values = new TreeSet<>();
    private final PageTable hourTable = new PageTable(Level.HOURS);
    private final PageTable minuteTable = new PageTable(Level.MINUTES);

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
        Hour key = new Hour(target.number(), series, hour);
        for (PendingPage page :
                hours.computeIfAbsent(key, missing -> pages(target, series, micros))) {
            page.add(micros, combination, cell);
        }
        if (value instanceof Contribution.Value.Text(String text)) {
            values.add(new PresentValue(
                    target.number(), series, hour, combination, ValueHash.of(text)));
        }
    }

    /** Adds all of it to what is stored. */
    public void write(Session session) throws SQLException {
        List<PendingPage> sorted = new ArrayList<>(pages.values());
        Collections.sort(sorted);
        for (PendingPage page : sorted) {
            for (int block : page.blocks()) {
                table(page.level()).add(session, page, block);
            }
        }
        for (PresentValue value : values) {
            value.write(session);
        }
    }

    private PageTable table(Level level) {
        return switch (level) {
            case HOURS -> hourTable;
            case MINUTES -> minuteTable;
        };
    }

    private List<PendingPage> pages(BuildTarget target, long series, long micros) {
        List<PendingPage> touched = new ArrayList<>(4);
        for (long each : new long[] {series, ALL}) {
            touched.add(page(Level.HOURS, target, each, micros));
            if (!target.countsDistinct()) {
                touched.add(page(Level.MINUTES, target, each, micros));
            }
        }
        return touched;
    }

    private PendingPage page(Level level, BuildTarget target, long series, long micros) {
        long number = level.page(level.bucket(micros));
        return pages.computeIfAbsent(
                new PageKey(level, target.number(), series, number),
                missing -> new PendingPage(level, target, series, number));
    }
}
