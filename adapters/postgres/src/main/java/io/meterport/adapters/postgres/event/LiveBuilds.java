package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.catalog.MeterRow;
import io.meterport.adapters.postgres.rollup.Target;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where contributions to the live meters go, remembered for one version of the catalog. */
public final class LiveBuilds {
    /**
     * A live meter and the build that counts for it.
     *
     * @param isComplete whether all old events have been counted
     * @param dataFrom when the first event can have been that it counts, in microseconds
     */
    public record Live(Meter meter, Target target, boolean isComplete, long dataFrom) {}

    private record State(long version, Map<MeterId, Target> targets) {}

    private volatile State state = new State(-1, Map.of());

    /** Those of that version, which is the one that the transaction sees. */
    Map<MeterId, Target> at(Handle handle, long version) {
        State now = state;
        if (now.version() != version) {
            Map<MeterId, Target> targets = new HashMap<>();
            all(handle).forEach(live -> targets.put(live.meter().id(), live.target()));
            now = new State(version, Map.copyOf(targets));
            state = now;
        }
        return now.targets();
    }

    /** All of them, as the transaction sees them, in the order of the builds. */
    public static List<Live> all(Handle handle) {
        return handle.createQuery("select " + MeterRow.COLUMNS + """
                        , build.number, build.data_from, build.position >= build.last as complete
                        from build join meter on meter.id = build.meter
                        where build.current and meter.deleted_at is null
                        order by build.number""")
                .map((row, context) -> {
                    Meter meter = MeterRow.read(row);
                    return new Live(
                            meter,
                            Target.of(row.getLong("number"), meter),
                            row.getBoolean("complete"),
                            row.getLong("data_from"));
                })
                .list();
    }

    /** The one of that meter. */
    static Optional<Live> of(Handle handle, MeterId meter) {
        return all(handle).stream()
                .filter(live -> live.meter().id().equals(meter))
                .findFirst();
    }
}
