package io.meterport.adapters.sqlite.verify;

import io.meterport.adapters.sqlite.catalog.StoredBuilds;
import io.meterport.adapters.sqlite.rollup.BuildTarget;
import io.meterport.adapters.sqlite.rollup.Contributions;
import io.meterport.adapters.sqlite.rollup.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One hour of one series, or of all of them together, in one build. */
record HourPlace(StoredBuilds.Current build, long series, long hour) {
    BuildTarget target() {
        return BuildTarget.of(build.number(), build.meter());
    }

    /** The same hour of all series together. */
    HourPlace ofAll() {
        return new HourPlace(build, Contributions.ALL, hour);
    }

    /** For people. */
    @Override
    public String toString() {
        Instant start = Instant.EPOCH.plus(Level.HOURS.start(hour), ChronoUnit.MICROS);
        String whose = series == Contributions.ALL ? "all subjects" : "series " + series;
        return "meter " + build.meter().slug() + " of "
                + build.meter().namespace().name() + ", " + whose + ", hour " + start;
    }
}
