package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.catalog.MeterRow;
import io.meterport.adapters.postgres.rollup.Rollups;
import io.meterport.adapters.postgres.rollup.Target;
import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.BuildChunk;
import io.meterport.application.spi.BuildProgress;
import io.meterport.application.spi.MeterBuild;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.MeterId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Counts old events for new meters: looks at events in the order in which they were stored. One node
 * counts for a build at a time; if it is silent for long, another goes on. Whoever counts the same
 * chunk a second time finds that the build has moved.
 */
final class PostgresBuilds implements MeterBuilds {
    /** A chunk looks at so many times more events than it may hold, where few are of the type. */
    private static final int LOOKED_AT_PER_EVENT = 20;

    private static final String CHUNK = "select " + EventRows.COLUMNS + """
            from event join series on series.id = event.series
            join namespace on namespace.id = series.namespace
            where event.seq > ? and event.seq <= ? and event.time >= ?
                and namespace.name = ? and series.type = ?
            order by event.seq limit ?""";
    private static final String MOVE = """
            update build set position = ?, claimed_until = now() + interval '30 seconds'
            where number = ? and current and position = ? and position < last""";

    private final Transactions transactions;
    private final Dictionaries dictionaries;
    private final Combinations combinations;
    private final UUID node;

    PostgresBuilds(
            Transactions transactions, Dictionaries dictionaries, Combinations combinations) {
        this.transactions = transactions;
        this.dictionaries = dictionaries;
        this.combinations = combinations;
        this.node = transactions.readOnce(handle ->
                handle.createQuery("select gen_random_uuid()").mapTo(UUID.class).one());
    }

    /** Of the builds that no other node counts for, the oldest. */
    @Override
    public Optional<MeterBuild> next() {
        boolean any = transactions.readOnce(
                handle -> handle.createQuery("""
                        select exists (select 1 from build where current and position < last)""").mapTo(boolean.class).one());
        return any ? transactions.write(this::claim) : Optional.empty();
    }

    private Optional<MeterBuild> claim(Handle handle) {
        return handle.createQuery("""
                        select number from build
                        where current and position < last
                            and (claimed_by = :node or coalesce(claimed_until < now(), true))
                        order by number limit 1 for update skip locked""")
                .bind("node", node)
                .mapTo(long.class)
                .findOne()
                .map(number -> claim(handle, number));
    }

    private MeterBuild claim(Handle handle, long number) {
        handle.createUpdate("""
                        update build set claimed_by = :node,
                            claimed_until = now() + interval '30 seconds'
                        where number = :number""").bind("node", node).bind("number", number).execute();
        return handle.createQuery("select " + MeterRow.COLUMNS + """
                        , build.number, build.position from build
                        join meter on meter.id = build.meter
                        where build.number = :number""")
                .bind("number", number)
                .map((row, context) -> new MeterBuild(
                        row.getLong("number"), MeterRow.read(row), row.getLong("position")))
                .one();
    }

    @Override
    public long mostCombinations() {
        return transactions.readOnce(handle -> handle.createQuery(
                        "select coalesce(max(combinations), 0) from build where current")
                .mapTo(long.class)
                .one());
    }

    @Override
    public long folding() {
        return transactions.readOnce(handle -> handle.createQuery("""
                        select count(*) from build
                        join combination on combination.build = build.number
                            and combination.key = :rest
                        where build.current""")
                .bind("rest", Combinations.REST_KEY)
                .mapTo(long.class)
                .one());
    }

    @Override
    public BuildChunk chunk(MeterBuild build, int most) {
        return transactions.read(handle -> {
            Upkeep.keepEvents(handle);
            Optional<BuildRow> row = BuildRow.current(handle, build.meter().id())
                    .filter(current -> current.number() == build.number());
            long last = row.map(BuildRow::last).orElse(build.position());
            long end = Math.min(last, build.position() + (long) most * LOOKED_AT_PER_EVENT);
            return chunk(handle, build, end, row.map(BuildRow::dataFrom).orElse(0L), most);
        });
    }

    private static BuildChunk chunk(
            Handle handle, MeterBuild build, long end, long dataFrom, int most)
            throws SQLException {
        List<Event> found = new ArrayList<>();
        long upTo = build.position();
        try (PreparedStatement statement = handle.getConnection().prepareStatement(CHUNK)) {
            statement.setLong(1, build.position());
            statement.setLong(2, end);
            statement.setLong(3, dataFrom);
            statement.setString(4, build.meter().namespace().name());
            statement.setString(5, build.meter().eventType().value());
            statement.setInt(6, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    upTo = row.getLong(1);
                    found.add(EventRows.read(row).event());
                }
            }
        }
        return new BuildChunk(found.size() < most ? end : upTo, found);
    }

    @Override
    public boolean count(MeterBuild build, BuildChunk chunk, List<MeteredEvent> counted) {
        return transactions
                .write(handle -> count(handle, build, chunk, counted))
                .map(counting -> {
                    counting.numbers().committed();
                    counting.groups().committed();
                    return true;
                })
                .orElse(false);
    }

    private record Counted(Dictionaries.Numbers numbers, Combinations.Numbers groups) {}

    private Optional<Counted> count(
            Handle handle, MeterBuild build, BuildChunk chunk, List<MeteredEvent> counted)
            throws SQLException {
        CatalogLock.share(handle);
        Connection connection = handle.getConnection();
        if (!move(connection, build, chunk.upTo())) {
            return Optional.empty();
        }
        Dictionaries.Numbers numbers = dictionaries.at(Upkeep.read(handle).epoch());
        Combinations.Numbers groups = combinations.numbers();
        MeterId meter = build.meter().id();
        Contributing contributing = new Contributing(
                connection,
                Map.of(meter, Target.of(build.number(), build.meter())),
                numbers,
                groups);
        Set<SeriesKey> series = new HashSet<>();
        for (MeteredEvent each : counted) {
            series.add(series(build, each.event()));
        }
        contributing.requireSeries(Map.of(build.meter().namespace(), series));
        contributing.requireGroups(counted);
        Rollups rollups = new Rollups();
        for (MeteredEvent each : counted) {
            contributing.add(each, numbers.series(series(build, each.event())), rollups);
        }
        rollups.write(connection);
        return Optional.of(new Counted(numbers, groups));
    }

    private static SeriesKey series(MeterBuild build, Event event) {
        return new SeriesKey(build.meter().namespace(), event.type(), event.subject());
    }

    private static boolean move(Connection connection, MeterBuild build, long to)
            throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            move.setLong(1, to);
            move.setLong(2, build.number());
            move.setLong(3, build.position());
            return move.executeUpdate() == 1;
        }
    }

    @Override
    public Optional<BuildProgress> progress(MeterId meter) {
        return transactions.readOnce(handle -> BuildRow.current(handle, meter)
                .filter(row -> !row.isFinished())
                .map(row -> new BuildProgress(row.position(), row.last())));
    }
}
