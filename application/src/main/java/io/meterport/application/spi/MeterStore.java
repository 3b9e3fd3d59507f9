package io.meterport.application.spi;

import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.subject.Namespace;
import java.util.List;
import java.util.Optional;

/** Keeps meters. Every change raises the catalog's version. */
public interface MeterStore {
    /** The live meters of the namespace and the version they belong to; cheap to ask for. */
    Catalog catalog(Namespace namespace);

    /**
     * Says that other nodes may have changed meters: the next {@link #catalog} is that of the last
     * committed state. A shared store that remembers catalogs reads their version now and then
     * anyway, since this is only a hint and may never come; neither blocks nor fails.
     */
    default void refresh() {}

    /** All meters of the namespace, the deleted ones too if asked for, in order of creation. */
    List<Meter> all(Namespace namespace, boolean withDeleted);

    /** The meter of that id, live or deleted. */
    Optional<Meter> find(Namespace namespace, MeterId id);

    /**
     * Carries out the change, raises the version and, where old events have to be counted for it,
     * begins the build, all in one transaction, and audited; returns the meter as it is afterwards.
     *
     * @param actor the public id of who asked for it
     * @throws io.meterport.domain.problem.ProblemException {@code meter-exists} or {@code
     *     too-many-meters} (conflict); {@code unknown-meter} if the meter to change is not live
     */
    Meter change(MeterChange change, String actor);
}
