package io.meterport.adapters.sqlite.catalog;

import io.meterport.application.spi.MeterBuild;
import io.meterport.domain.meter.Meter;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The builds that are under way. */
public final class StoredBuilds {
    private StoredBuilds() {}

    /** The oldest one that is not finished. */
    public static Optional<MeterBuild> next(Handle handle) {
        return handle.createQuery("select " + MeterRow.COLUMNS + """
                        , build.number, build.position from build
                        join meter on meter.id = build.meter
                        where build.current = 1 and build.position < build.last
                        order by build.number limit 1""")
                .map((row, context) -> new MeterBuild(
                        row.getLong("number"), MeterRow.read(row), row.getLong("position")))
                .findOne();
    }

    /**
     * A live meter and the build that counts for it.
     *
     * @param isComplete whether all old events have been counted
     * @param dataFrom when the first event can have been that it counts, in microseconds
     */
    public record Current(Meter meter, long number, boolean isComplete, long dataFrom) {}

    /** Those of all live meters. */
    public static List<Current> current(Handle handle) {
        return handle.createQuery("select " + MeterRow.COLUMNS + """
                        , build.number, build.data_from, build.position >= build.last as complete
                        from build join meter on meter.id = build.meter
                        where build.current = 1 and meter.deleted_at is null
                        order by build.number""")
                .map((row, context) -> new Current(
                        MeterRow.read(row),
                        row.getLong("number"),
                        row.getBoolean("complete"),
                        row.getLong("data_from")))
                .list();
    }

    /** Moves the build on, if it still stands where it is said to stand; returns whether it does. */
    public static boolean move(Handle handle, MeterBuild build, long to) {
        return handle.createUpdate("""
                                update build set position = :to
                                where number = :number and current = 1 and position = :position
                                    and position < last""")
                        .bind("to", to)
                        .bind("number", build.number())
                        .bind("position", build.position())
                        .execute()
                == 1;
    }
}
