package io.meterport.domain.meter;

import io.meterport.domain.event.EventType;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A definition of what is counted: which events, which number of theirs, and how it may be split.
 * Slug, event type, aggregation and {@code eventFrom} never change; a meter counts every stored
 * event of its type, also those that came before the meter.
 *
 * @param name 1 to {@value #MOST_NAME} characters
 * @param description up to {@value #MOST_DESCRIPTION} characters, not empty
 * @param eventFrom events before it are not counted
 * @param dimensions at most {@value #MOST_DIMENSIONS}, in the order in which they were given
 * @param metadata notes of the operator's, in order; absent is not the same as empty
 * @param deletedAt when it was deleted; its events stay
 */
public record Meter(
        MeterId id,
        Namespace namespace,
        MeterSlug slug,
        String name,
        Optional<String> description,
        EventType eventType,
        Optional<Instant> eventFrom,
        Aggregation aggregation,
        List<Dimension> dimensions,
        Optional<Map<String, String>> metadata,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> deletedAt) {
    /** The longest name, in code points. */
    public static final int MOST_NAME = 256;
    /** The longest description, in code points. */
    public static final int MOST_DESCRIPTION = 1_024;
    /** The most dimensions of one meter. */
    public static final int MOST_DIMENSIONS = 100;
    /** The most live meters of one namespace. */
    public static final int MOST_PER_NAMESPACE = 1_000;

    private static final String CODE = "invalid-meter";

    public Meter {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(slug, "slug");
        Objects.requireNonNull(eventType, "eventType");
        Objects.requireNonNull(eventFrom, "eventFrom");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(deletedAt, "deletedAt");
        dimensions = List.copyOf(dimensions);
        metadata = metadata.map(notes -> Collections.unmodifiableMap(new LinkedHashMap<>(notes)));
        Require.plainText(name, MOST_NAME, CODE, "name");
        description.ifPresent(Meter::requireDescription);
        Require.that(
                dimensions.size() <= MOST_DIMENSIONS,
                CODE,
                "a meter has at most " + MOST_DIMENSIONS + " dimensions");
        Require.that(
                dimensions.stream().map(Dimension::key).distinct().count() == dimensions.size(),
                CODE,
                "each dimension is given once");
        requireOtherPaths(aggregation, dimensions);
    }

    /** Whether the meter has not been deleted. */
    public boolean isLive() {
        return deletedAt.isEmpty();
    }

    /** The place of that dimension in {@link #dimensions()}; empty if the meter has none such. */
    public Optional<Integer> dimension(DimensionKey key) {
        for (int i = 0; i < dimensions.size(); i++) {
            if (dimensions.get(i).key().equals(key)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** In what the value is counted, such as {@code byte}: the metadata named {@code unit}. */
    public Optional<String> unit() {
        return metadata.map(notes -> notes.get("unit"));
    }

    /** What people call that dimension: the metadata named {@code label.KEY}. */
    public Optional<String> label(DimensionKey key) {
        return metadata.map(notes -> notes.get("label." + key));
    }

    private static void requireDescription(String text) {
        Require.that(!text.isEmpty(), CODE, "description must not be empty");
        Require.that(
                text.codePointCount(0, text.length()) <= MOST_DESCRIPTION,
                CODE,
                "description must not be longer than " + MOST_DESCRIPTION + " characters");
    }

    private static void requireOtherPaths(Aggregation aggregation, List<Dimension> dimensions) {
        Optional<PropertyPath> value = aggregation.property();
        for (Dimension dimension : dimensions) {
            Require.that(
                    value.isEmpty()
                            || !dimension.path().steps().equals(value.get().steps()),
                    CODE,
                    "the dimension " + dimension.key() + " must not read the value property");
        }
    }
}
