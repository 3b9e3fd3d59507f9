package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Query;
import io.meterport.adapters.json.JsonReader;
import io.meterport.application.meter.UsageRequest;
import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.WindowSize;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question about usage as it was sent, checked as far as it can be without knowing the meter.
 *
 * @param from with the offset it was sent with, as the answer repeats it
 * @param to likewise
 */
record UsageParams(
        Optional<OffsetDateTime> from,
        Optional<OffsetDateTime> to,
        Optional<WindowSize> windowSize,
        ZoneId zone,
        Optional<List<SubjectKey>> subjects,
        List<String> groupBy,
        Map<String, Filter> filters) {
    private static final String FILTER_GROUP_BY = "filterGroupBy";
    private static final String ADVANCED = "advancedMeterGroupByFilters";
    private static final String CUSTOMER = "customer_id";

    /** The question of a holder of a portal token, who cannot name a subject. */
    static UsageParams ofPortal(Query query) {
        return of(new Params(query), Optional.empty());
    }

    /** The question of an operator, who can. */
    static UsageParams ofOperator(Query query) {
        List<String> subjects = query.values("subject");
        return of(
                new Params(query),
                subjects.isEmpty() ? Optional.empty() : Optional.of(keys(subjects)));
    }

    /** The question in a body; without members it is that of an empty query. */
    static UsageParams ofBody(Json body) {
        Members members = Members.ofBody(body);
        if (members.has("filterCustomerId")) {
            throw Params.noCustomers();
        }
        return new UsageParams(
                members.time("from"),
                members.time("to"),
                members.text("windowSize")
                        .map(name ->
                                size(name).orElseThrow(() -> members.fault("windowSize", SIZES))),
                members.parsed("windowTimeZone", Zones::of).orElse(ZoneOffset.UTC),
                members.texts("subject")
                        .map(texts -> Faults.located(members.place("subject"), () -> keys(texts))),
                groupBy(members.texts("groupBy").orElse(List.of())),
                bodyFilters(members));
    }

    /** The same, for the use case. */
    UsageRequest request() {
        return new UsageRequest(
                from.map(OffsetDateTime::toInstant),
                to.map(OffsetDateTime::toInstant),
                windowSize,
                zone,
                subjects,
                groupBy,
                filters);
    }

    private static final String SIZES = "must be MINUTE, HOUR, DAY or MONTH";

    private static UsageParams of(Params params, Optional<List<SubjectKey>> subjects) {
        params.refuseCustomers();
        return new UsageParams(
                params.time("from"),
                params.time("to"),
                params.single("windowSize")
                        .map(name -> size(name)
                                .orElseThrow(() -> Faults.parameter("windowSize", SIZES))),
                params.single("windowTimeZone").map(Zones::of).orElse(ZoneOffset.UTC),
                subjects,
                groupBy(split(params.query().values("groupBy"))),
                queryFilters(params));
    }

    /** Clients of 2024 send several names in one value; no name has a comma. */
    private static List<String> split(List<String> values) {
        if (values.stream().noneMatch(value -> value.indexOf(',') >= 0)) {
            return values;
        }
        return values.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .toList();
    }

    private static List<String> groupBy(List<String> names) {
        if (names.contains(CUSTOMER)) {
            throw Params.noCustomers();
        }
        return List.copyOf(new LinkedHashSet<>(names));
    }

    private static List<SubjectKey> keys(List<String> texts) {
        return texts.stream().map(SubjectKey::new).toList();
    }

    private static Optional<WindowSize> size(String name) {
        for (WindowSize size : WindowSize.values()) {
            if (size.name().equals(name)) {
                return Optional.of(size);
            }
        }
        return Optional.empty();
    }

    private static Map<String, Filter> queryFilters(Params params) {
        Map<String, Filter> simple = new LinkedHashMap<>();
        for (Query.Parameter parameter : params.query().all()) {
            if (parameter.name().startsWith(FILTER_GROUP_BY)) {
                bracketed(parameter.name()).ifPresent(key -> {
                    if (simple.putIfAbsent(key, Filter.eq(parameter.value())) != null) {
                        throw Faults.parameter(FILTER_GROUP_BY, "must be given once for each name");
                    }
                });
            }
        }
        Optional<String> advanced = params.single(ADVANCED);
        if (advanced.isEmpty()) {
            return simple;
        }
        if (!simple.isEmpty()) {
            throw conflict();
        }
        return advanced(JsonReader.read("Query parameter " + ADVANCED, advanced.get()));
    }

    /** The name in {@code filterGroupBy[name]}; other parameters only begin alike. */
    private static Optional<String> bracketed(String name) {
        String rest = name.substring(FILTER_GROUP_BY.length());
        if (rest.isEmpty()) {
            throw Faults.parameter(FILTER_GROUP_BY, "must name a dimension in brackets");
        }
        return rest.startsWith("[") && rest.endsWith("]") && rest.length() > 1
                ? Optional.of(rest.substring(1, rest.length() - 1))
                : Optional.empty();
    }

    /** The filters in a body, of either form. */
    static Map<String, Filter> bodyFilters(Members members) {
        Map<String, Filter> simple = new LinkedHashMap<>();
        members.textsByName(FILTER_GROUP_BY).orElse(Map.of()).forEach((key, values) -> {
            if (values.size() > UsageRequest.MOST_NAMES) {
                throw members.fault(
                        FILTER_GROUP_BY,
                        "has at most " + UsageRequest.MOST_NAMES + " values a name");
            }
            if (!values.isEmpty()) {
                simple.put(key, new Filter.In(new LinkedHashSet<>(values)));
            }
        });
        if (!members.has(ADVANCED)) {
            return simple;
        }
        if (members.has(FILTER_GROUP_BY)) {
            throw conflict();
        }
        return advanced(members.objectAt(ADVANCED).orElseThrow());
    }

    private static Map<String, Filter> advanced(Json json) {
        if (!(json instanceof Json.Obj(Map<String, Json> members))) {
            throw Faults.of("invalid-filter", ADVANCED + " must be a JSON object of filters.");
        }
        Map<String, Filter> filters = new LinkedHashMap<>();
        members.forEach((key, filter) -> filters.put(key, Filters.text(filter, Filter.MOST_DEPTH)));
        return filters;
    }

    private static ProblemException conflict() {
        return new ProblemException(new Problem.Invalid(
                "conflicting-parameters",
                FILTER_GROUP_BY + " and " + ADVANCED + " cannot be given together."));
    }
}
