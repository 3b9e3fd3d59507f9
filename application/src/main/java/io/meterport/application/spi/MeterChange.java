package io.meterport.application.spi;

import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;

/** A change of the catalog. */
public sealed interface MeterChange {
    /** A new meter; its slug must not be that of a live one. */
    record Define(Meter meter) implements MeterChange {}

    /** New name, description, dimensions and metadata for a live meter of the same id. */
    record Redefine(Meter meter) implements MeterChange {}

    /** The end of a live meter; its events stay and its slug is free. */
    record Delete(Namespace namespace, MeterId id, Instant at) implements MeterChange {}
}
