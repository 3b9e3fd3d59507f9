package io.meterport.application.meter;

import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A question about usage as a caller puts it, before the meter is known.
 *
 * @param windowSize absent means one total
 * @param zone cuts the windows
 * @param subjects absent means all together; given, even empty, they are told apart, and where not
 *     empty only these count
 * @param groupBy names of dimensions, and the word subject
 * @param filters conditions by name of dimension
 */
public record UsageRequest(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<WindowSize> windowSize,
        ZoneId zone,
        Optional<List<SubjectKey>> subjects,
        List<String> groupBy,
        Map<String, Filter> filters) {
    /** The most subjects, group-by names or filters of one request. */
    public static final int MOST_NAMES = 100;

    private static final String SUBJECT = "subject";

    public UsageRequest {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(windowSize, "windowSize");
        Objects.requireNonNull(zone, "zone");
        subjects = subjects.map(List::copyOf);
        groupBy = List.copyOf(groupBy);
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
        Require.that(
                groupBy.size() <= MOST_NAMES
                        && filters.size() <= MOST_NAMES
                        && subjects.map(List::size).orElse(0) <= MOST_NAMES,
                "invalid-parameter",
                "At most " + MOST_NAMES + " subjects, group-by names and filters can be given.");
    }

    /** The same, put to that meter; refused with {@code unknown-dimension} or {@code invalid-range}. */
    public UsageQuery of(Meter meter) {
        return query(meter, asked());
    }

    /** The same, put to that meter for one subject only, whatever the request says of subjects. */
    public UsageQuery of(Meter meter, SubjectKey onlyThis) {
        return query(meter, new Subjects.Only(Collections.singleton(onlyThis)));
    }

    /** The dimension of that name, or {@code unknown-dimension}. */
    static DimensionKey dimension(Meter meter, String name, String what) {
        return Optional.of(name)
                .filter(key -> meter.dimensions().stream()
                        .anyMatch(d -> d.key().value().equals(key)))
                .map(DimensionKey::new)
                .orElseThrow(() -> new ProblemException(new Problem.Invalid(
                        "unknown-dimension",
                        DimensionKey.hasForm(name)
                                ? what + name
                                : "The meter has no such dimension.")));
    }

    private UsageQuery query(Meter meter, Subjects whose) {
        Windowing windowing = windowSize
                .<Windowing>map(size -> new Windowing.By(size, zone))
                .orElseGet(Windowing.Whole::new);
        return new UsageQuery(
                meter, whose, from, to, windowing, dimensions(meter), conditions(meter));
    }

    private Subjects asked() {
        boolean apart = subjects.isPresent() || groupBy.contains(SUBJECT);
        List<SubjectKey> these = subjects.orElse(List.of());
        if (!these.isEmpty()) {
            return new Subjects.Only(new LinkedHashSet<>(these));
        }
        return apart ? new Subjects.Each() : new Subjects.Together();
    }

    private List<DimensionKey> dimensions(Meter meter) {
        return groupBy.stream()
                .filter(name -> !name.equals(SUBJECT))
                .map(name -> dimension(meter, name, "invalid group by: "))
                .toList();
    }

    private Map<DimensionKey, Filter> conditions(Meter meter) {
        Map<DimensionKey, Filter> conditions = new LinkedHashMap<>();
        filters.forEach((name, filter) -> conditions.put(
                dimension(meter, name, "invalid group by filter: "), filter.withinLimits()));
        return conditions;
    }
}
