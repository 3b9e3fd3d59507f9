package io.meterport.application.spi;

import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A meter to be; every method gives another one that differs in one thing. */
public record MeterSample(
        long number,
        Namespace namespace,
        String slug,
        String type,
        Optional<Instant> eventFrom,
        Aggregation aggregation,
        List<Dimension> dimensions) {
    /** Where samples have their value. */
    public static final PropertyPath VALUE = PropertyPath.of("$.value");

    static MeterSample counting(String slug) {
        return new MeterSample(
                1,
                Namespace.DEFAULT,
                slug,
                "request",
                Optional.empty(),
                new Aggregation.Count(),
                List.of());
    }

    /** With the id of that number; its time of creation grows with it. */
    public MeterSample number(long number) {
        return new MeterSample(number, namespace, slug, type, eventFrom, aggregation, dimensions);
    }

    public MeterSample in(Namespace namespace) {
        return new MeterSample(number, namespace, slug, type, eventFrom, aggregation, dimensions);
    }

    public MeterSample type(String type) {
        return new MeterSample(number, namespace, slug, type, eventFrom, aggregation, dimensions);
    }

    public MeterSample eventFrom(Instant from) {
        return new MeterSample(
                number, namespace, slug, type, Optional.of(from), aggregation, dimensions);
    }

    public MeterSample by(Aggregation aggregation) {
        return new MeterSample(number, namespace, slug, type, eventFrom, aggregation, dimensions);
    }

    public MeterSample sum() {
        return by(new Aggregation.Sum(VALUE));
    }

    public MeterSample latest() {
        return by(new Aggregation.Latest(VALUE));
    }

    public MeterSample uniqueCount() {
        return by(new Aggregation.UniqueCount(VALUE));
    }

    /** With these dimensions, each read from the member of its own name. */
    public MeterSample dimensions(String... keys) {
        List<Dimension> dimensions = new ArrayList<>();
        for (String key : keys) {
            dimensions.add(new Dimension(new DimensionKey(key), PropertyPath.of("$." + key)));
        }
        return dimensions(dimensions);
    }

    public MeterSample dimensions(List<Dimension> dimensions) {
        return new MeterSample(number, namespace, slug, type, eventFrom, aggregation, dimensions);
    }

    /** The meter. */
    public Meter meter() {
        Instant createdAt = Samples.RECEIVED.plusSeconds(number);
        return new Meter(
                new MeterId(Samples.ulid(number)),
                namespace,
                new MeterSlug(slug),
                slug,
                Optional.empty(),
                new EventType(type),
                eventFrom,
                aggregation,
                dimensions,
                Optional.empty(),
                createdAt,
                createdAt,
                Optional.empty());
    }
}
