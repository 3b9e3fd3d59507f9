package io.meterport.adapters.sqlite.usage;

import io.meterport.adapters.sqlite.catalog.BuildRow;
import io.meterport.adapters.sqlite.event.CountedGroups;
import io.meterport.adapters.sqlite.event.SqliteChanges;
import io.meterport.adapters.sqlite.event.StoredHorizon;
import io.meterport.adapters.sqlite.event.StoredSeries;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.UsageState;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.Windowing;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Computes usage from pages of hours and minutes, and from single events where those do not reach.
 * While the meter is being built, it computes everything from single events.
 */
public final class SqliteUsage implements UsageReader {
    private final Readers readers;
    private final StoredHorizon horizon;
    private final int rawBudget;

    /**
     * @param rawBudget how many events one query may read one by one
     */
    public SqliteUsage(Readers readers, StoredHorizon horizon, int rawBudget) {
        this.readers = readers;
        this.horizon = horizon;
        this.rawBudget = rawBudget;
    }

    @Override
    public List<Reading> read(UsageQuery query) {
        return readers.read(session -> read(session, query));
    }

    @Override
    public <T> T together(Function<UsageState, T> reading) {
        return readers.read(session -> reading.apply(new State(session)));
    }

    /** One transaction, so that SQLite shows one state of the file to all of it. */
    private final class State implements UsageState {
        private final Session session;

        State(Session session) {
            this.session = session;
        }

        @Override
        public List<Reading> read(UsageQuery query) {
            session.requireTime();
            try {
                return SqliteUsage.this.read(session, query);
            } catch (SQLException e) {
                throw new UncheckedSqlException(e);
            }
        }

        @Override
        public UsageChange lastChange(UsageQuery query) {
            try {
                return SqliteChanges.last(session, query);
            } catch (SQLException e) {
                throw new UncheckedSqlException(e);
            }
        }
    }

    /** Carries it through the reading, out to those who know what it means. */
    private static final class UncheckedSqlException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UncheckedSqlException(SQLException cause) {
            super(cause);
        }
    }

    private List<Reading> read(Session session, UsageQuery query) throws SQLException {
        List<StoredSeries> series = series(session, query);
        Optional<BuildRow> build = BuildRow.current(session, query.meter().id());
        Horizon known = horizon.get();
        known.requireKnown(query);
        List<Window> windows = windows(session, query, series, build);
        known.requireKnown(query, windows);
        return read(session, query, windows, series, build, true);
    }

    private List<Reading> read(
            Session session,
            UsageQuery query,
            List<Window> windows,
            List<StoredSeries> series,
            Optional<BuildRow> build,
            boolean valuesMatter)
            throws SQLException {
        Cut cut = new Cut(windows, query.range(), Horizon.begin(query));
        Findings findings = new Findings(query, windows);
        if (cut.isEmpty() || series.isEmpty()) {
            return List.of();
        }
        long from = Math.max(
                Micros.of(horizon.get().moment()), build.map(BuildRow::dataFrom).orElse(0L));
        CountedGroups groups = new CountedGroups(
                session,
                build.filter(row -> row.isFor(query.meter()))
                        .map(row -> OptionalLong.of(row.number()))
                        .orElseGet(OptionalLong::empty));
        RawCounting raw = new RawCounting(session, query, cut, from, findings, groups, rawBudget);
        boolean complete = build.filter(row -> row.isCompleteFor(query.meter())).isPresent();
        if (complete) {
            long number = build.orElseThrow().number();
            new PageCounting(session, query, number, cut, findings, raw, valuesMatter)
                    .count(series);
        } else {
            raw.requireAffordable(series, build);
            raw.count(series);
        }
        return findings.readings();
    }

    /** Where the range holds too many windows, those with data are looked for by a query of its own. */
    private List<Window> windows(
            Session session, UsageQuery query, List<StoredSeries> series, Optional<BuildRow> build)
            throws SQLException {
        List<SQLException> failure = new ArrayList<>(1);
        List<Window> windows = query.windows(() -> {
            try {
                return extent(session, query, series, build);
            } catch (SQLException e) {
                failure.add(e);
                return Optional.empty();
            }
        });
        if (!failure.isEmpty()) {
            throw failure.getFirst();
        }
        return windows;
    }

    private Optional<Window> extent(
            Session session, UsageQuery query, List<StoredSeries> series, Optional<BuildRow> build)
            throws SQLException {
        UsageQuery whole = new UsageQuery(
                query.meter(),
                query.subjects(),
                query.from(),
                query.to(),
                new Windowing.Whole(),
                List.of(),
                query.filters());
        return read(session, whole, whole.windows(Optional::empty), series, build, false).stream()
                .map(Reading::tally)
                .map(tally -> new Window(
                        tally.firstMinute(), tally.lastMinute().plus(1, ChronoUnit.MINUTES)))
                .reduce((a, b) -> new Window(
                        a.start().isBefore(b.start()) ? a.start() : b.start(),
                        a.end().isAfter(b.end()) ? a.end() : b.end()));
    }

    private static List<StoredSeries> series(Session session, UsageQuery query)
            throws SQLException {
        Meter meter = query.meter();
        return switch (query.subjects()) {
            case Subjects.Together _ ->
                StoredSeries.all(session, meter.namespace(), meter.eventType());
            case Subjects.Each _ -> StoredSeries.all(session, meter.namespace(), meter.eventType());
            case Subjects.Only(Set<SubjectKey> keys) -> {
                List<StoredSeries> found = new ArrayList<>();
                for (SubjectKey key : keys) {
                    StoredSeries.find(session, meter.namespace(), meter.eventType(), key)
                            .ifPresent(found::add);
                }
                yield found;
            }
        };
    }
}
