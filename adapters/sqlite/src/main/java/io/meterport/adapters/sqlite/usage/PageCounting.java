package io.meterport.adapters.sqlite.usage;

import io.meterport.adapters.sqlite.event.StoredSeries;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.Cell;
import io.meterport.adapters.sqlite.rollup.Contributions;
import io.meterport.adapters.sqlite.rollup.DistinctDays;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.Page;
import io.meterport.adapters.sqlite.rollup.PageTable;
import io.meterport.adapters.sqlite.rollup.PresentValues;
import io.meterport.adapters.sqlite.rollup.RecentTable;
import io.meterport.adapters.sqlite.rollup.Stretch;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.usage.Grouping;
import io.meterport.domain.usage.UsageQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts from pages: whole hours, in hours that are split the whole minutes, and in minutes that are
 * split the single events. Distinct values are known by the hour; in a split hour they are taken
 * from its events. Not thread-safe.
 */
final class PageCounting {
    private final Session session;
    private final UsageQuery query;
    private final long build;
    private final Cut cut;
    private final Findings findings;
    private final RawCounting raw;
    private final boolean distinct;
    private final boolean valuesMatter;
    /** Where one of these is split, its events are counted one by one. */
    private final Level singly;

    private final boolean totalsAreEnough;
    private final Combinations combinations;
    private final RecentTable recent = new RecentTable();
    private final List<Long> recentHours;
    private final PageTable hours = new PageTable(Level.HOURS);
    private final PageTable minutes = new PageTable(Level.MINUTES);

    /**
     * @param valuesMatter whether distinct values are asked for, and not only when there are any
     */
    PageCounting(
            Session session,
            UsageQuery query,
            long build,
            Cut cut,
            Findings findings,
            RawCounting raw,
            boolean valuesMatter)
            throws SQLException {
        Grouping grouping = query.grouping();
        this.session = session;
        this.query = query;
        this.build = build;
        this.cut = cut;
        this.findings = findings;
        this.raw = raw;
        this.distinct = query.meter().aggregation() instanceof Aggregation.UniqueCount;
        this.valuesMatter = valuesMatter;
        this.singly = distinct ? Level.HOURS : Level.MINUTES;
        this.totalsAreEnough = grouping.needsNoDimension();
        this.recentHours = recent.hours(session, cut.hours());
        this.combinations = new Combinations(
                session, build, grouping, query.meter().dimensions().size());
    }

    /** Counts these series; where subjects are not told apart they must be all of the type. */
    void count(List<StoredSeries> series) throws SQLException {
        raw.requireAffordable(series, singly, cut.split(singly));
        if (query.subjects().apart()) {
            for (StoredSeries each : series) {
                countPages(each.id());
                countSingly(each, true);
                findings.finish(Optional.of(each.subject()));
            }
        } else {
            countPages(Contributions.ALL);
            for (StoredSeries each : series) {
                countSingly(each, series.size() == 1);
            }
            findings.finish(Optional.empty());
        }
    }

    private void countPages(long series) throws SQLException {
        for (long hour : recentHours) {
            recent.read(session, build, series, hour, this::addRecent);
        }
        read(hours, series, cut.hours(), this::addHour);
        if (!distinct) {
            for (Stretch stretch : minutesOf(cut.split(Level.HOURS))) {
                read(minutes, series, stretch, this::addMinute);
            }
        }
    }

    private void countSingly(StoredSeries series, boolean isAlone) throws SQLException {
        session.requireTime();
        if (distinct && valuesMatter) {
            List<Stretch> hoursOfValues = totalsAreEnough && isAlone
                    ? hoursBesideCountedDays(series)
                    : List.of(cut.hours());
            for (Stretch stretch : hoursOfValues) {
                countValues(series, stretch);
            }
        }
        raw.count(series, singly, cut.split(singly));
    }

    /** Takes the counts of days that are a window each, and gives the hours that are left. */
    private List<Stretch> hoursBesideCountedDays(StoredSeries series) throws SQLException {
        Stretch hours = cut.hours();
        List<Stretch> left = new ArrayList<>();
        long[] next = {hours.from()};
        Stretch days =
                new Stretch(Level.HOURS.page(hours.from()), Level.HOURS.page(hours.to() - 1) + 1);
        DistinctDays.read(session, build, series.id(), days, (day, count) -> {
            int window = cut.exactly(day);
            if (window != Cut.NONE) {
                findings.of(List.of()).count(window, count);
                Stretch counted = Level.HOURS.ofPage(day);
                addUnlessEmpty(new Stretch(next[0], counted.from()), left);
                next[0] = counted.to();
            }
        });
        addUnlessEmpty(new Stretch(next[0], hours.to()), left);
        return left;
    }

    private static void addUnlessEmpty(Stretch stretch, List<Stretch> to) {
        if (stretch.from() < stretch.to()) {
            to.add(stretch);
        }
    }

    private void countValues(StoredSeries series, Stretch hours) throws SQLException {
        PresentValues.read(session, build, series.id(), hours, (combination, hour, value) -> {
            int window = cut.whole(Level.HOURS, hour);
            if (window != Cut.NONE) {
                Optional<List<String>> group = group(combination);
                group.ifPresent(asked -> findings.of(asked).add(window, value));
            }
        });
    }

    private void read(PageTable table, long series, Stretch stretch, Page.Visitor visitor)
            throws SQLException {
        if (totalsAreEnough) {
            table.readTotals(session, build, series, stretch, visitor);
        } else {
            table.readParts(session, build, series, stretch, visitor);
        }
    }

    private void addRecent(int combination, long minute, Cell cell) throws SQLException {
        int window = cut.whole(Level.HOURS, minute / Level.MINUTES.slots());
        boolean hourIsSplit = window == Cut.NONE && !distinct;
        add(hourIsSplit ? cut.whole(Level.MINUTES, minute) : window, combination, cell);
    }

    private void addHour(int combination, long hour, Cell cell) throws SQLException {
        add(cut.whole(Level.HOURS, hour), combination, cell);
    }

    private void addMinute(int combination, long minute, Cell cell) throws SQLException {
        add(cut.whole(Level.MINUTES, minute), combination, cell);
    }

    private void add(int window, int combination, Cell cell) throws SQLException {
        if (window != Cut.NONE) {
            Optional<List<String>> group = group(combination);
            group.ifPresent(asked -> findings.of(asked).add(window, cell));
        }
    }

    private Optional<List<String>> group(int combination) throws SQLException {
        return totalsAreEnough ? Optional.of(List.of()) : combinations.group(combination);
    }

    private static List<Stretch> minutesOf(List<Stretch> split) {
        return split.stream()
                .map(hours -> new Stretch(
                        hours.from() * Level.MINUTES.slots(), hours.to() * Level.MINUTES.slots()))
                .toList();
    }
}
