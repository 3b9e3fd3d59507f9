package io.meterport.adapters.sqlite.catalog;

import io.meterport.application.spi.MeterBuild;
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
