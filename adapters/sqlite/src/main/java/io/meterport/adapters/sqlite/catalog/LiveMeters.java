package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.BuildTarget;
import io.meterport.application.spi.Catalog;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.subject.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * The live meters and the version they belong to, in memory; what can be read from here has been
 * committed. Thread-safe.
 */
public final class LiveMeters implements Kept {
    private record Live(Meter meter, BuildTarget target) {}

    /** The meters at one version; what is asked for often is put together once. */
    private static final class State {
        final long version;
        final Map<Namespace, List<Meter>> meters = new HashMap<>();
        final Map<MeterId, BuildTarget> targets = new HashMap<>();
        final Map<Long, BuildTarget> builds = new HashMap<>();
        final Map<Long, MeterSlug> slugs = new HashMap<>();
        final Map<Namespace, Catalog> catalogs = new ConcurrentHashMap<>();

        State(long version, List<Live> live) {
            this.version = version;
            for (Live each : live) {
                meters.computeIfAbsent(each.meter().namespace(), missing -> new ArrayList<>())
                        .add(each.meter());
                targets.put(each.meter().id(), each.target());
                builds.put(each.target().number(), each.target());
                slugs.put(each.target().number(), each.meter().slug());
            }
        }

        Catalog catalog(Namespace namespace) {
            return catalogs.size() < MOST_CATALOGS
                    ? catalogs.computeIfAbsent(namespace, this::make)
                    : make(namespace);
        }

        private Catalog make(Namespace namespace) {
            return new Catalog(version, meters.getOrDefault(namespace, List.of()));
        }
    }

    private static final int MOST_CATALOGS = 10_000;

    private volatile State state = new State(0, List.of());
    private Optional<State> next = Optional.empty();

    /** The meters of the namespace and the version they belong to. */
    public Catalog catalog(Namespace namespace) {
        return state.catalog(namespace);
    }

    /** The version; asked for by the writer, it is that of the running transaction. */
    public long version() {
        return state.version;
    }

    /** Where contributions to that meter go; empty if it is not live. */
    public Optional<BuildTarget> target(MeterId meter) {
        return Optional.ofNullable(state.targets.get(meter));
    }

    /** The build of that number; empty if it counts no more. */
    public Optional<BuildTarget> target(long build) {
        return Optional.ofNullable(state.builds.get(build));
    }

    /** The slug of the live meter that this build counts for; empty if it counts no more. */
    public Optional<MeterSlug> slug(long build) {
        return Optional.ofNullable(state.slugs.get(build));
    }

    /** Reads them again within the transaction that changed them. */
    public void change(Handle handle) {
        next = Optional.of(read(handle));
    }

    @Override
    public void load(Session session) {
        state = read(session.handle());
        next = Optional.empty();
    }

    @Override
    public void committed() {
        next.ifPresent(changed -> state = changed);
        next = Optional.empty();
    }

    @Override
    public void undone() {
        next = Optional.empty();
    }

    private static State read(Handle handle) {
        long version = handle.createQuery("select version from catalog")
                .mapTo(long.class)
                .one();
        List<Live> live = handle.createQuery("""
                        select %s, build.number from meter
                        join build on build.meter = meter.id and build.current = 1
                        where meter.deleted_at is null order by meter.position""".formatted(MeterRow.COLUMNS))
                .map((row, context) -> {
                    Meter meter = MeterRow.read(row);
                    return new Live(meter, BuildTarget.of(row.getLong("number"), meter));
                })
                .list();
        return new State(version, live);
    }
}
