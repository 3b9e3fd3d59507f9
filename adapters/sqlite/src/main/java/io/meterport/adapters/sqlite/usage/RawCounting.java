package io.meterport.adapters.sqlite.usage;

import io.meterport.adapters.sqlite.catalog.BuildRow;
import io.meterport.adapters.sqlite.event.CountedGroups;
import io.meterport.adapters.sqlite.event.EventRows;
import io.meterport.adapters.sqlite.event.StoredSeries;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.Cell;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.Merge;
import io.meterport.adapters.sqlite.rollup.Stretch;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.usage.Grouping;
import io.meterport.domain.usage.UsageQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Counts events one by one, as the domain would. Not thread-safe. */
final class RawCounting {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Session session;
    private final UsageQuery query;
    private final Grouping grouping;
    private final Merge merge;
    private final Cut cut;
    private final long from;
    private final Findings findings;
    private final int budget;
    private final CountedGroups groups;

    /**
     * @param from earlier events, in microseconds, are none
     * @param groups what events count under
     * @param budget how many events may be counted, at most
     */
    RawCounting(
            Session session,
            UsageQuery query,
            Cut cut,
            long from,
            Findings findings,
            CountedGroups groups,
            int budget) {
        this.session = session;
        this.query = query;
        this.grouping = query.grouping();
        this.merge = Merge.of(query.meter().aggregation());
        this.cut = cut;
        this.from = from;
        this.findings = findings;
        this.groups = groups;
        this.budget = budget;
    }

    /** Refuses what would take too many events of these series in these hours or minutes. */
    void requireAffordable(List<StoredSeries> series, Level level, List<Stretch> stretches)
            throws SQLException {
        if (stretches.isEmpty()) {
            return;
        }
        int left = budget;
        for (StoredSeries each : series) {
            session.requireTime();
            for (Stretch stretch : stretches) {
                left -= EventRows.count(
                        session, each, from(level, stretch), to(level, stretch), left + 1);
                if (left < 0) {
                    throw new ProblemException(new Problem.Invalid(
                            "too-many-events",
                            "More than "
                                    + budget
                                    + " events would have to be counted one by one; ask for"
                                    + " windows of whole hours, a range of whole hours, or a shorter"
                                    + " one."));
                }
            }
        }
    }

    /** Refuses what would take too many events while the meter is being built. */
    void requireAffordable(List<StoredSeries> series, Optional<BuildRow> build)
            throws SQLException {
        int left = budget;
        for (StoredSeries each : series) {
            session.requireTime();
            left -= EventRows.count(
                    session, each, Math.max(from, cut.start()), cut.end(), left + 1);
            if (left < 0) {
                throw new ProblemException(new Problem.Unavailable(
                        "meter-building",
                        "The meter is being rebuilt: "
                                + build.map(BuildRow::position).orElse(0L) + " of "
                                + build.map(BuildRow::last).orElse(0L) + " events.",
                        SOON));
            }
        }
    }

    /** Counts all events of these series. */
    void count(List<StoredSeries> series) throws SQLException {
        for (StoredSeries each : series) {
            count(each, cut.start(), cut.end());
            if (query.subjects().apart()) {
                findings.finish(Optional.of(each.subject()));
            }
        }
        if (!query.subjects().apart()) {
            findings.finish(Optional.empty());
        }
    }

    /** Counts the events of one series in these hours or minutes. */
    void count(StoredSeries series, Level level, List<Stretch> stretches) throws SQLException {
        for (Stretch stretch : stretches) {
            count(series, from(level, stretch), to(level, stretch));
        }
    }

    private long from(Level level, Stretch stretch) {
        return Math.max(cut.start(), level.start(stretch.from()));
    }

    private long to(Level level, Stretch stretch) {
        return Math.min(cut.end(), level.start(stretch.to()));
    }

    private void count(StoredSeries series, long start, long end) throws SQLException {
        EventRows.rising(session, series, Math.max(from, start), end, stored -> {
            Event event = stored.event();
            Optional<Contribution> gives = Contribution.of(query.meter(), event);
            if (gives.isPresent()) {
                List<String> group = groups.of(gives.get().group());
                if (grouping.matches(group)) {
                    add(Micros.of(event.time()), group, gives.get());
                }
            }
            return true;
        });
    }

    private void add(long micros, List<String> group, Contribution gives) {
        Findings.Found found = findings.of(grouping.project(group));
        int window = cut.at(micros);
        found.add(window, Cell.of(merge, micros, gives.value()));
        if (gives.value() instanceof Contribution.Value.Text(String text)) {
            found.add(window, ValueHash.of(text));
        }
    }
}
