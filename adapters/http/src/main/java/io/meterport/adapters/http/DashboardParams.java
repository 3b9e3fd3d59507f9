package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonReader;
import io.meterport.application.dashboard.DashboardRequest;
import io.meterport.application.dashboard.Period;
import io.meterport.application.dashboard.SeriesRequest;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.WindowSize;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a usage page asks for in one call. This is an interface of ours, and a member that it
 * does not know is refused, so that a slip of the pen does not go unnoticed.
 */
record DashboardParams(DashboardRequest request, List<SubjectKey> subjects) {
    /** The longest text of the query parameter, in bytes. */
    static final int MOST_QUERY_BYTES = 8_192;

    private static final int TOP = 7;
    private static final Set<String> PAGE = Set.of("period", "timeZone", "windowSize", "meters");
    private static final Set<String> SERIES = Set.of(
            "meter",
            "groupBy",
            "top",
            "filterGroupBy",
            "advancedMeterGroupByFilters",
            "compare",
            "cumulative",
            "fill");

    /** What stands in the query parameter {@code q}. */
    static DashboardParams ofQuery(Params params) {
        String text = params.single("q").orElseThrow(() -> Faults.parameter("q", "is required"));
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_QUERY_BYTES) {
            throw Faults.parameter(
                    "q", "must not be longer than " + MOST_QUERY_BYTES + " bytes; use POST");
        }
        return of(JsonReader.read("Query parameter q", text), false);
    }

    /** What stands in a body; operators may name subjects. */
    static DashboardParams of(Json body, boolean bySubject) {
        Members members = Members.ofBody(body);
        requireKnown(members, PAGE, bySubject);
        List<SubjectKey> subjects = bySubject
                ? members.texts("subjects").orElse(List.of()).stream()
                        .map(text -> Faults.located(
                                members.place("subjects"), () -> new SubjectKey(text)))
                        .toList()
                : List.of();
        if (subjects.size() > SeriesRequest.MOST_GROUPS) {
            throw members.fault(
                    "subjects", "has at most " + SeriesRequest.MOST_GROUPS + " entries");
        }
        return new DashboardParams(
                new DashboardRequest(
                        period(members),
                        members.parsed("timeZone", Zones::of),
                        members.text("windowSize").map(name -> size(name, members)),
                        series(members)),
                subjects);
    }

    private static Period period(Members members) {
        Optional<Json> given = members.object().get("period");
        if (given.isEmpty()) {
            return new Period.CurrentBilling();
        }
        return switch (given.get()) {
            case Json.Text(String text) when text.equals("current") -> new Period.CurrentBilling();
            case Json.Text(String text)
            when text.equals("previous") -> new Period.PreviousBilling();
            case Json.Obj object ->
                stretch(Members.of(object, members.place("period"), Faults.BODY));
            case Json.Text _, Json.Arr _, Json.Num _, Json.Bool _, Json.Nil _ ->
                throw members.fault("period", "must be current, previous or an object");
        };
    }

    private static Period stretch(Members members) {
        requireKnown(members, Set.of("days", "from", "to"), false);
        if (members.has("days")) {
            return Faults.located(
                    members.place("days"), () -> new Period.LastDays(number(members, "days")));
        }
        Instant from = members.time("from")
                .orElseThrow(() -> members.fault("from", "is required"))
                .toInstant();
        Instant to = members.time("to")
                .orElseThrow(() -> members.fault("to", "is required"))
                .toInstant();
        return Faults.located(members.pointer(), () -> new Period.Between(from, to));
    }

    private static List<SeriesRequest> series(Members members) {
        if (!(members.object().members().get("meters") instanceof Json.Arr(List<Json> items))) {
            throw members.fault("meters", "must be an array");
        }
        List<SeriesRequest> series = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String place = members.place("meters") + "/" + i;
            series.add(one(Members.of(items.get(i), place, Faults.BODY)));
        }
        return series;
    }

    private static SeriesRequest one(Members members) {
        requireKnown(members, SERIES, false);
        Optional<String> compare = members.text("compare");
        if (compare.filter(with -> !with.equals("previous")).isPresent()) {
            throw members.fault("compare", "must be previous");
        }
        int top = members.has("top") ? number(members, "top") : TOP;
        return Faults.located(
                members.pointer(),
                () -> new SeriesRequest(
                        members.requiredText("meter"),
                        members.texts("groupBy").orElse(List.of()),
                        top,
                        UsageParams.bodyFilters(members),
                        compare.isPresent(),
                        flag(members, "cumulative"),
                        flag(members, "fill")));
    }

    private static void requireKnown(Members members, Set<String> known, boolean bySubject) {
        for (String name : members.object().members().keySet()) {
            if (!known.contains(name) && !(bySubject && name.equals("subjects"))) {
                throw Faults.at(
                        Faults.BODY,
                        "There is a member that is not known here.",
                        members.pointer());
            }
        }
    }

    private static int number(Members members, String name) {
        if (members.object().members().get(name) instanceof Json.Num(BigDecimal number)
                && number.stripTrailingZeros().scale() <= 0
                && number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) < 0) {
            return number.intValueExact();
        }
        throw members.fault(name, "must be a whole number");
    }

    private static boolean flag(Members members, String name) {
        return switch (members.object().members().getOrDefault(name, new Json.Bool(false))) {
            case Json.Bool(boolean value) -> value;
            case Json.Obj _, Json.Arr _, Json.Text _, Json.Num _, Json.Nil _ ->
                throw members.fault(name, "must be true or false");
        };
    }

    private static WindowSize size(String name, Members members) {
        return Arrays.stream(WindowSize.values())
                .filter(size -> size.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> members.fault("windowSize", "must be MINUTE, HOUR, DAY or MONTH"));
    }
}
