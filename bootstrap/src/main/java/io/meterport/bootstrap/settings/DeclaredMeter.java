package io.meterport.bootstrap.settings;

import io.meterport.application.meter.MeterDraft;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** One item of the section {@code meters}, which is written much like a meter in the API. */
final class DeclaredMeter {
    private static final String SLUG = "slug";
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String AGGREGATION = "aggregation";
    private static final String EVENT_TYPE = "event-type";
    private static final String EVENT_FROM = "event-from";
    private static final String VALUE_PROPERTY = "value-property";
    private static final String GROUP_BY = "group-by";
    private static final String METADATA = "metadata";
    /** What a declared meter may hold, in the order in which the documentation lists it. */
    static final List<String> MEMBERS = List.of(
            SLUG,
            NAME,
            DESCRIPTION,
            AGGREGATION,
            EVENT_TYPE,
            EVENT_FROM,
            VALUE_PROPERTY,
            GROUP_BY,
            METADATA);

    private final String place;
    private final Map<?, ?> members;

    private DeclaredMeter(String place, Object item) {
        this.place = place;
        if (!(item instanceof Map<?, ?> map)) {
            throw new SettingsProblem(place + " must hold keys and values.");
        }
        this.members = map;
    }

    /** The meters that the document declares; no section and an empty one mean none. */
    static List<MeterDraft> all(Map<?, ?> document) {
        Object section = document.get("meters");
        if (section == null || section.equals("")) {
            return List.of();
        }
        if (!(section instanceof List<?> items)) {
            throw new SettingsProblem("meters must be a list.");
        }
        List<MeterDraft> meters = new ArrayList<>();
        Set<MeterSlug> slugs = new HashSet<>();
        for (Object item : items) {
            MeterDraft meter = new DeclaredMeter("meters." + meters.size(), item).meter();
            if (!slugs.add(meter.slug())) {
                throw new SettingsProblem("meters has the slug " + meter.slug() + " twice.");
            }
            meters.add(meter);
        }
        return meters;
    }

    private MeterDraft meter() {
        for (Object member : members.keySet()) {
            if (!MEMBERS.contains(member)) {
                String name = String.valueOf(member);
                throw KnownNames.unknown(
                        place + "." + name, place + "." + Nearest.to(name, MEMBERS));
            }
        }
        return new MeterDraft(
                required(SLUG, MeterSlug::new),
                optional(NAME, Function.identity()),
                optional(DESCRIPTION, Function.identity()),
                required(EVENT_TYPE, EventType::new),
                optional(EVENT_FROM, DeclaredMeter::time),
                aggregation(),
                dimensions(),
                Optional.of(texts(METADATA)).filter(metadata -> !metadata.isEmpty()));
    }

    private Aggregation aggregation() {
        Optional<PropertyPath> path = optional(VALUE_PROPERTY, PropertyPath::of);
        String name = required(AGGREGATION, Function.identity());
        if (name.equals("COUNT") && path.isPresent()) {
            throw broken(VALUE_PROPERTY, "must not be given for COUNT");
        }
        if (name.equals("COUNT")) {
            return new Aggregation.Count();
        }
        PropertyPath value = path.orElseThrow(() -> broken(VALUE_PROPERTY, "is missing"));
        return switch (name) {
            case "SUM" -> new Aggregation.Sum(value);
            case "AVG" -> new Aggregation.Avg(value);
            case "MIN" -> new Aggregation.Min(value);
            case "MAX" -> new Aggregation.Max(value);
            case "LATEST" -> new Aggregation.Latest(value);
            case "UNIQUE_COUNT" -> new Aggregation.UniqueCount(value);
            default ->
                throw broken(
                        AGGREGATION,
                        "must be one of SUM, COUNT, UNIQUE_COUNT, AVG, MIN, MAX, LATEST");
        };
    }

    private List<Dimension> dimensions() {
        List<Dimension> dimensions = new ArrayList<>();
        texts(GROUP_BY)
                .forEach((key, path) -> dimensions.add(checked(
                        GROUP_BY,
                        () -> new Dimension(new DimensionKey(key), PropertyPath.of(path)))));
        return dimensions;
    }

    /** The members of a section as texts, in their order. */
    private Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        Object section = members.get(name);
        if (section instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), text(name, value)));
        } else if (section != null) {
            throw broken(name, "must hold a text for each name");
        }
        return texts;
    }

    private <T> T required(String name, Function<String, T> read) {
        return optional(name, read).orElseThrow(() -> broken(name, "is missing"));
    }

    private <T> Optional<T> optional(String name, Function<String, T> read) {
        return Optional.<Object>ofNullable(members.get(name))
                .map(member -> text(name, member))
                .map(text -> checked(name, () -> read.apply(text)));
    }

    private String text(String name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw broken(name, "must be a text");
    }

    private <T> T checked(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (ProblemException e) {
            throw broken(name, "is refused: " + e.problem().detail());
        } catch (DateTimeException e) {
            throw broken(name, "must be a time such as 2026-01-31T00:00:00Z");
        }
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    private SettingsProblem broken(String name, String rule) {
        return new SettingsProblem(place + "." + name + " " + rule + ".");
    }
}
