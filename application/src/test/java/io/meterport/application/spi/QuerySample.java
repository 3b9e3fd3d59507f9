package io.meterport.application.spi;

import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A query to be; every method gives another one that differs in one thing. */
public record QuerySample(
        Meter meter,
        Subjects subjects,
        Optional<Instant> from,
        Optional<Instant> to,
        Windowing windowing,
        List<DimensionKey> groupBy,
        Map<DimensionKey, Filter> filters,
        Optional<Set<List<String>>> kept) {
    static QuerySample of(Meter meter) {
        return new QuerySample(
                meter,
                new Subjects.Together(),
                Optional.empty(),
                Optional.empty(),
                new Windowing.Whole(),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    public QuerySample whose(Subjects subjects) {
        return new QuerySample(meter, subjects, from, to, windowing, groupBy, filters, kept);
    }

    public QuerySample apart() {
        return whose(new Subjects.Each());
    }

    public QuerySample from(Instant start) {
        return new QuerySample(
                meter, subjects, Optional.of(start), to, windowing, groupBy, filters, kept);
    }

    public QuerySample to(Instant end) {
        return new QuerySample(
                meter, subjects, from, Optional.of(end), windowing, groupBy, filters, kept);
    }

    public QuerySample by(WindowSize size, ZoneId zone) {
        Windowing by = new Windowing.By(size, zone);
        return new QuerySample(meter, subjects, from, to, by, groupBy, filters, kept);
    }

    public QuerySample by(WindowSize size) {
        return by(size, ZoneId.of("UTC"));
    }

    public QuerySample groupBy(String... keys) {
        List<DimensionKey> dimensions =
                Arrays.stream(keys).map(DimensionKey::new).toList();
        return new QuerySample(meter, subjects, from, to, windowing, dimensions, filters, kept);
    }

    public QuerySample where(String key, Filter filter) {
        Map<DimensionKey, Filter> all = new LinkedHashMap<>(filters);
        all.put(new DimensionKey(key), filter);
        return new QuerySample(meter, subjects, from, to, windowing, groupBy, all, kept);
    }

    /** Telling only these groups apart. */
    public QuerySample keep(List<List<String>> groups) {
        Optional<Set<List<String>>> these = Optional.of(new LinkedHashSet<>(groups));
        return new QuerySample(meter, subjects, from, to, windowing, groupBy, filters, these);
    }

    /** The same, asked of that meter. */
    public QuerySample asking(Meter other) {
        return new QuerySample(other, subjects, from, to, windowing, groupBy, filters, kept);
    }

    /** The query. */
    public UsageQuery query() {
        return new UsageQuery(meter, subjects, from, to, windowing, groupBy, filters, kept);
    }
}
