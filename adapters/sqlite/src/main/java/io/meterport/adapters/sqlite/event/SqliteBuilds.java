package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.catalog.BuildRow;
import io.meterport.adapters.sqlite.catalog.StoredBuilds;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.adapters.sqlite.rollup.BuildTarget;
import io.meterport.adapters.sqlite.rollup.Contributions;
import io.meterport.application.spi.BuildChunk;
import io.meterport.application.spi.BuildProgress;
import io.meterport.application.spi.MeterBuild;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.subject.SubjectKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts old events for new meters: looks at events in the order in which they were stored. */
public final class SqliteBuilds implements MeterBuilds {
    /** A chunk looks at so many times more events than it may hold, where few are of the type. */
    private static final int LOOKED_AT_PER_EVENT = 20;

    static final String CHUNK = """
            select event.id, event.time, source.text, event.name, event.data, event.ingested,
                event.stored, event.series, event.source, event.sum, series.subject
            from event
            cross join series on series.id = event.series
            cross join namespace on namespace.id = series.namespace
            cross join source on source.id = event.source
            where event.id > ? and event.id <= ? and namespace.name = ? and series.type = ?
                and event.time >= ?
            order by event.id limit ?""";

    /** Combinations are numbered from zero. */
    static final String MOST_COMBINATIONS = """
            select coalesce(max((
                select max(combination.id) + 1 from combination
                where combination.build = build.number)), 0)
            from build where current = 1""";

    /** The combination of all others has no values. */
    static final String FOLDING = """
            select count(*) from build
            join combination on combination.build = build.number and combination.texts = x''
            where build.current = 1""";

    private final Readers readers;
    private final Writer writer;
    private final EventWriter events;

    public SqliteBuilds(Readers readers, Writer writer, EventWriter events) {
        this.readers = readers;
        this.writer = writer;
        this.events = events;
    }

    @Override
    public Optional<MeterBuild> next() {
        return readers.read(session -> StoredBuilds.next(session.handle()));
    }

    @Override
    public long mostCombinations() {
        return number(MOST_COMBINATIONS);
    }

    @Override
    public long folding() {
        return number(FOLDING);
    }

    @Override
    public BuildChunk chunk(MeterBuild build, int most) {
        return readers.read(session -> {
            Optional<BuildRow> row = BuildRow.current(session, build.meter().id())
                    .filter(current -> current.number() == build.number());
            long last = row.map(BuildRow::last).orElse(build.position());
            long end = Math.min(last, build.position() + (long) most * LOOKED_AT_PER_EVENT);
            return chunk(session, build, end, row.map(BuildRow::dataFrom).orElse(0L), most);
        });
    }

    @Override
    public boolean count(MeterBuild build, BuildChunk chunk, List<MeteredEvent> counted) {
        return writer.inTurn(session -> {
            if (!StoredBuilds.move(session.handle(), build, chunk.upTo())) {
                return false;
            }
            BuildTarget target = BuildTarget.of(build.number(), build.meter());
            Contributions contributions = events.contributions();
            long namespace = events.namespace(session, build.meter().namespace().name());
            for (MeteredEvent each : counted) {
                Event event = each.event();
                long series = events.series(session, namespace, build.meter().namespace(), event);
                long micros = Micros.of(event.time());
                for (Contribution gives : each.contributions()) {
                    if (gives.meter().equals(build.meter().id())) {
                        events.contribute(session, target, series, micros, gives, contributions);
                    }
                }
            }
            contributions.write(session);
            return true;
        });
    }

    @Override
    public Optional<BuildProgress> progress(MeterId meter) {
        return readers.read(session -> BuildRow.current(session, meter)
                .filter(row -> !row.isFinished())
                .map(row -> new BuildProgress(row.position(), row.last())));
    }

    private long number(String sql) {
        return readers.read(session -> {
            PreparedStatement statement = session.prepare(sql);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static BuildChunk chunk(
            Session session, MeterBuild build, long end, long dataFrom, int most)
            throws SQLException {
        EventType type = build.meter().eventType();
        PreparedStatement statement = session.prepare(CHUNK);
        statement.setLong(1, build.position());
        statement.setLong(2, end);
        statement.setString(3, build.meter().namespace().name());
        statement.setString(4, type.value());
        statement.setLong(5, dataFrom);
        statement.setInt(6, most);
        List<Event> found = new ArrayList<>();
        long upTo = build.position();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                upTo = row.getLong(1);
                SubjectKey subject = new SubjectKey(row.getString(11));
                found.add(
                        EventRows.read(row, new StoredSeries(0, type, subject)).event());
            }
        }
        return new BuildChunk(found.size() < most ? end : upTo, found);
    }
}
