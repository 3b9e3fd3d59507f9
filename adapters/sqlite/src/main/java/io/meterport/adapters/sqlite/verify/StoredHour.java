package io.meterport.adapters.sqlite.verify;

import io.meterport.adapters.sqlite.catalog.StoredBuilds;
import io.meterport.adapters.sqlite.event.StoredCombinations;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.BuildTarget;
import io.meterport.adapters.sqlite.rollup.Cell;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.PageTable;
import io.meterport.adapters.sqlite.rollup.PresentValues;
import io.meterport.adapters.sqlite.rollup.RecentTable;
import io.meterport.adapters.sqlite.rollup.Stretch;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads all numbers of an hour from pages, recent rows and distinct values. Not thread-safe. */
final class StoredHour {
    private record Combination(long build, int id) {}

    private final Session session;
    private final PageTable hours = new PageTable(Level.HOURS);
    private final PageTable minutes = new PageTable(Level.MINUTES);
    private final RecentTable recent = new RecentTable();
    private final Map<Combination, List<String>> groups = new HashMap<>();

    StoredHour(Session session) {
        this.session = session;
    }

    HourSums read(HourPlace place) throws SQLException {
        BuildTarget target = place.target();
        HourSums sums = new HourSums(target.merge());
        StoredBuilds.Current of = place.build();
        long build = of.number();
        Stretch hour = new Stretch(place.hour(), place.hour() + 1);
        Stretch itsMinutes = new Stretch(
                place.hour() * Level.MINUTES.slots(), (place.hour() + 1) * Level.MINUTES.slots());
        hours.readTotals(
                session,
                build,
                place.series(),
                hour,
                (none, at, cell) -> sums.add(HourSums.TOTAL, HourSums.WHOLE, cell));
        minutes.readTotals(
                session,
                build,
                place.series(),
                itsMinutes,
                (none, at, cell) -> sums.add(HourSums.TOTAL, at, cell));
        if (target.hasParts()) {
            hours.readParts(
                    session,
                    build,
                    place.series(),
                    hour,
                    (combination, at, cell) ->
                            sums.add(group(of, combination), HourSums.WHOLE, cell));
            minutes.readParts(
                    session,
                    build,
                    place.series(),
                    itsMinutes,
                    (combination, at, cell) -> sums.add(group(of, combination), at, cell));
        }
        recent.read(
                session,
                build,
                place.series(),
                place.hour(),
                (combination, at, cell) -> addRecent(place, sums, combination, at, cell));
        PresentValues.read(
                session,
                build,
                place.series(),
                hour,
                (combination, at, value) -> sums.add(
                        target.hasParts() ? group(of, combination) : HourSums.TOTAL, value));
        return sums;
    }

    /** A recent row has only minutes by combination; all else follows from them. */
    private void addRecent(HourPlace place, HourSums sums, int combination, long minute, Cell cell)
            throws SQLException {
        BuildTarget target = place.target();
        sums.add(HourSums.TOTAL, HourSums.WHOLE, cell);
        if (!target.countsDistinct()) {
            sums.add(HourSums.TOTAL, minute, cell);
        }
        if (target.hasParts()) {
            List<String> group = group(place.build(), combination);
            sums.add(group, HourSums.WHOLE, cell);
            if (!target.countsDistinct()) {
                sums.add(group, minute, cell);
            }
        }
    }

    private List<String> group(StoredBuilds.Current build, int combination) throws SQLException {
        Combination key = new Combination(build.number(), combination);
        List<String> known = groups.get(key);
        if (known == null) {
            known = StoredCombinations.texts(
                    session,
                    build.number(),
                    combination,
                    build.meter().dimensions().size());
            groups.put(key, known);
        }
        return known;
    }
}
