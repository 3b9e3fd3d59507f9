package io.meterport.adapters.http;

import io.meterport.application.meter.MeterDraft;
import io.meterport.application.meter.MeterEdit;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads meters as clients define and change them. Stateless. */
final class MeterParams {
    private static final String CODE = "invalid-meter";
    private static final String AGGREGATION = "aggregation";
    private static final String VALUE = "valueProperty";
    private static final String GROUP_BY = "groupBy";
    private static final String METADATA = "metadata";

    private MeterParams() {}

    /** A new meter. */
    static MeterDraft draft(Json body) {
        Members members = Members.ofBody(body);
        return new MeterDraft(
                members.requiredParsed("slug", MeterSlug::new),
                members.text("name"),
                members.text("description"),
                members.requiredParsed("eventType", EventType::new),
                members.time("eventFrom").map(MeterParams::micros),
                aggregation(members),
                dimensions(members),
                metadata(members));
    }

    /** What is to become of a meter. */
    static MeterEdit edit(Json body) {
        Members members = Members.ofBody(body);
        return new MeterEdit(
                members.text("name"),
                members.text("description"),
                dimensions(members),
                metadata(members));
    }

    private static Instant micros(OffsetDateTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Aggregation aggregation(Members members) {
        return switch (members.requiredText(AGGREGATION)) {
            case "COUNT" -> count(members);
            case "SUM" -> of(members, Aggregation.Sum::new);
            case "AVG" -> of(members, Aggregation.Avg::new);
            case "MIN" -> of(members, Aggregation.Min::new);
            case "MAX" -> of(members, Aggregation.Max::new);
            case "LATEST" -> of(members, Aggregation.Latest::new);
            case "UNIQUE_COUNT" -> of(members, Aggregation.UniqueCount::new);
            default ->
                throw Faults.at(
                        Faults.BODY,
                        "aggregation must be SUM, COUNT, UNIQUE_COUNT, AVG, MIN, MAX or LATEST.",
                        members.place(AGGREGATION));
        };
    }

    private static Aggregation count(Members members) {
        if (members.has(VALUE)) {
            throw Faults.at(CODE, "COUNT takes no valueProperty.", members.place(VALUE));
        }
        return new Aggregation.Count();
    }

    private static Aggregation of(Members members, Function<PropertyPath, Aggregation> kind) {
        return members.parsed(VALUE, PropertyPath::of)
                .map(kind)
                .orElseThrow(() -> Faults.at(
                        CODE,
                        "valueProperty is required for every aggregation but COUNT.",
                        members.place(VALUE)));
    }

    private static List<Dimension> dimensions(Members members) {
        List<Dimension> dimensions = new ArrayList<>();
        members.textByName(GROUP_BY).orElse(Map.of()).forEach((key, path) -> {
            String place = members.place(GROUP_BY);
            dimensions.add(Faults.located(
                    place, () -> new Dimension(new DimensionKey(key), PropertyPath.of(path))));
        });
        return dimensions;
    }

    private static Optional<Map<String, String>> metadata(Members members) {
        return members.isNull(METADATA)
                ? Optional.empty()
                : members.textByName(METADATA).map(LinkedHashMap::new);
    }
}
