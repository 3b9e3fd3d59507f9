package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.event.BuildRow;
import io.meterport.adapters.postgres.event.Combinations;
import io.meterport.adapters.postgres.event.CountedGroups;
import io.meterport.adapters.postgres.event.PostgresChanges;
import io.meterport.adapters.postgres.event.Upkeep;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.UsageState;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.Tally;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.Windowing;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Computes usage from rows of hours and minutes, and from single events where those do not reach.
 * While the meter is being built, it computes everything from single events.
 */
public final class PostgresUsage implements UsageReader {
    /** What PostgreSQL says of a statement that was stopped at its deadline. */
    private static final String STOPPED = "57014";

    private final Transactions transactions;
    private final Combinations combinations;
    private final PostgresOptions options;

    public PostgresUsage(
            Transactions transactions, Combinations combinations, PostgresOptions options) {
        this.transactions = transactions;
        this.combinations = combinations;
        this.options = options;
    }

    @Override
    public List<Reading> read(UsageQuery query) {
        return transactions.read(handle -> read(handle, query));
    }

    @Override
    public <T> T together(Function<UsageState, T> reading) {
        return transactions.read(handle -> reading.apply(new State(handle)));
    }

    /** One transaction, so that PostgreSQL shows one state of the tables to all of it. */
    private final class State implements UsageState {
        private final Handle handle;
        private final long started = System.nanoTime();

        State(Handle handle) {
            this.handle = handle;
        }

        @Override
        public List<Reading> read(UsageQuery query) {
            try {
                if (System.nanoTime() - started > options.queryTimeout().toNanos()) {
                    throw new SQLException("the time for these queries is used up", STOPPED);
                }
                return PostgresUsage.this.read(handle, query);
            } catch (SQLException e) {
                throw new UncheckedSqlException(e);
            }
        }

        @Override
        public UsageChange lastChange(UsageQuery query) {
            try {
                return PostgresChanges.last(handle, query);
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

    private List<Reading> read(Handle handle, UsageQuery query) throws SQLException {
        Horizon horizon = Upkeep.read(handle).horizon();
        Optional<BuildRow> build = BuildRow.current(handle, query.meter().id());
        horizon.requireKnown(query);
        List<Window> windows = windows(handle, query, build, horizon);
        horizon.requireKnown(query, windows);
        return read(handle, query, windows, build, horizon);
    }

    private List<Reading> read(
            Handle handle,
            UsageQuery query,
            List<Window> windows,
            Optional<BuildRow> build,
            Horizon horizon)
            throws SQLException {
        Cut cut = new Cut(windows, query.range(), Horizon.begin(query));
        Findings findings = new Findings(query, windows);
        if (cut.isEmpty()) {
            return List.of();
        }
        long from = Math.max(
                Micros.of(horizon.moment()), build.map(BuildRow::dataFrom).orElse(0L));
        CountedGroups groups = new CountedGroups(
                handle.getConnection(),
                build.filter(row -> row.isFor(query.meter()))
                        .map(row -> OptionalLong.of(row.number()))
                        .orElseGet(OptionalLong::empty));
        RawCounting raw = new RawCounting(
                handle.getConnection(), query, cut, from, findings, groups, options.rawBudget());
        Optional<BuildRow> complete = build.filter(row -> row.isCompleteFor(query.meter()));
        if (complete.isPresent()) {
            RollupCounting rollups = new RollupCounting(
                    handle.getConnection(),
                    query,
                    complete.get().number(),
                    cut,
                    findings,
                    combinations);
            if (!cut.split(rollups.singly()).isEmpty()) {
                Upkeep.keepEvents(handle);
                raw.countSplit(rollups.singly());
            }
            rollups.count();
        } else {
            Upkeep.keepEvents(handle);
            raw.countAll(build);
        }
        return findings.readings();
    }

    /** Where the range holds too many windows, those with data are looked for by a query of its own. */
    private List<Window> windows(
            Handle handle, UsageQuery query, Optional<BuildRow> build, Horizon horizon)
            throws SQLException {
        List<SQLException> failure = new ArrayList<>(1);
        List<Window> windows = query.windows(() -> {
            try {
                return extent(handle, query, build, horizon);
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
            Handle handle, UsageQuery query, Optional<BuildRow> build, Horizon horizon)
            throws SQLException {
        UsageQuery whole = new UsageQuery(
                query.meter(),
                query.subjects(),
                query.from(),
                query.to(),
                new Windowing.Whole(),
                List.of(),
                query.filters());
        return read(handle, whole, whole.windows(Optional::empty), build, horizon).stream()
                .map(Reading::tally)
                .map(PostgresUsage::extent)
                .reduce((a, b) -> new Window(
                        a.start().isBefore(b.start()) ? a.start() : b.start(),
                        a.end().isAfter(b.end()) ? a.end() : b.end()));
    }

    private static Window extent(Tally tally) {
        return new Window(tally.firstMinute(), tally.lastMinute().plus(1, ChronoUnit.MINUTES));
    }
}
