package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.event.BuildRow;
import io.meterport.adapters.postgres.event.CountedGroups;
import io.meterport.adapters.postgres.event.EventRows;
import io.meterport.adapters.postgres.rollup.Arrays;
import io.meterport.adapters.postgres.rollup.Cell;
import io.meterport.adapters.postgres.rollup.Hashes;
import io.meterport.adapters.postgres.rollup.Merge;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Grouping;
import io.meterport.domain.usage.UsageQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts events one by one, as the domain would. Not thread-safe. */
final class RawCounting {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int MANY_ROWS = 2_000;

    private static final String FROM = """
            from unnest(?::bigint[], ?::bigint[]) as stretch (a, z)
            cross join series
            join event on event.series = series.id
                and event.time >= stretch.a and event.time < stretch.z
            where event.time >= ? and event.time < ? and\s""";

    private final Connection connection;
    private final UsageQuery query;
    private final Scope scope;
    private final Grouping grouping;
    private final Merge merge;
    private final Cut cut;
    private final long from;
    private final Findings findings;
    private final CountedGroups groups;
    private final int budget;

    private record Counted(Event event, Contribution gives) {}

    /**
     * @param from earlier events, in microseconds, are none
     * @param groups what events count under
     * @param budget how many events may be counted, at most
     */
    RawCounting(
            Connection connection,
            UsageQuery query,
            Cut cut,
            long from,
            Findings findings,
            CountedGroups groups,
            int budget) {
        this.connection = connection;
        this.query = query;
        this.scope = Scope.of(query);
        this.grouping = query.grouping();
        this.merge = Merge.of(query.meter().aggregation());
        this.cut = cut;
        this.from = from;
        this.findings = findings;
        this.groups = groups;
        this.budget = budget;
    }

    /** Counts the events of split buckets of that length, unless there are too many. */
    void countSplit(long length) throws SQLException {
        List<Cut.Stretch> stretches = inside(cut.splitMicros(length));
        if (isTooMuch(stretches)) {
            throw new ProblemException(new Problem.Invalid(
                    "too-many-events",
                    "More than "
                            + budget
                            + " events would have to be counted one by one; ask for"
                            + " windows of whole hours, a range of whole hours, or a shorter"
                            + " one."));
        }
        count(stretches);
    }

    /** Counts all events while the meter is being built, unless there are too many. */
    void countAll(Optional<BuildRow> build) throws SQLException {
        List<Cut.Stretch> stretches = inside(List.of(cut.whole()));
        if (isTooMuch(stretches)) {
            throw new ProblemException(new Problem.Unavailable(
                    "meter-building",
                    "The meter is being rebuilt: "
                            + build.map(BuildRow::position).orElse(0L) + " of "
                            + build.map(BuildRow::last).orElse(0L) + " events.",
                    SOON));
        }
        count(stretches);
    }

    private List<Cut.Stretch> inside(List<Cut.Stretch> stretches) {
        List<Cut.Stretch> inside = new ArrayList<>();
        for (Cut.Stretch each : stretches) {
            if (Math.max(from, each.from()) < each.to()) {
                inside.add(new Cut.Stretch(Math.max(from, each.from()), each.to()));
            }
        }
        return inside;
    }

    private boolean isTooMuch(List<Cut.Stretch> stretches) throws SQLException {
        if (stretches.isEmpty()) {
            return false;
        }
        String sql =
                "select count(*) from (select 1 " + FROM + scope.condition() + " limit ?) as first";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int next = bind(select, stretches);
            select.setInt(next, budget + 1);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1) > budget;
            }
        }
    }

    private void count(List<Cut.Stretch> stretches) throws SQLException {
        if (stretches.isEmpty()) {
            return;
        }
        String sql = "select series.subject, event.time, event.data " + FROM + scope.condition();
        EventType type = query.meter().eventType();
        List<Counted> some = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(MANY_ROWS);
            bind(select, stretches);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    SubjectKey subject = new SubjectKey(row.getString(1));
                    Event event =
                            EventRows.counted(type, subject, row.getLong(2), row.getString(3));
                    Contribution.of(query.meter(), event)
                            .ifPresent(gives -> some.add(new Counted(event, gives)));
                    if (some.size() == MANY_ROWS) {
                        add(some);
                    }
                }
            }
        }
        add(some);
    }

    private void add(List<Counted> some) throws SQLException {
        groups.learn(some.stream().map(each -> each.gives().group()).toList());
        for (Counted each : some) {
            List<String> group = groups.of(each.gives().group());
            if (grouping.matches(group)) {
                add(each.event(), group, each.gives());
            }
        }
        some.clear();
    }

    private int bind(PreparedStatement select, List<Cut.Stretch> stretches) throws SQLException {
        Arrays arrays = new Arrays(connection, select);
        arrays.longs(1, stretches.stream().mapToLong(Cut.Stretch::from).toArray());
        arrays.longs(2, stretches.stream().mapToLong(Cut.Stretch::to).toArray());
        select.setLong(3, stretches.getFirst().from());
        select.setLong(4, stretches.getLast().to());
        return scope.bind(connection, select, 5);
    }

    private void add(Event event, List<String> counted, Contribution gives) {
        long micros = Micros.of(event.time());
        List<String> group = grouping.project(counted);
        Optional<SubjectKey> subject = Optional.of(event.subject());
        int window = cut.at(micros);
        findings.add(window, subject, group, Cell.of(merge, micros, gives.value()));
        if (gives.value() instanceof Contribution.Value.Text(String text)) {
            findings.add(window, subject, group, Hashes.of(text));
        }
    }
}
