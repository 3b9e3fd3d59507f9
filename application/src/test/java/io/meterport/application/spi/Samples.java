package io.meterport.application.spi;

import io.meterport.domain.event.Event;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Subjects;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Small values that tests are made of; each can be asked to differ in what a test is about. */
public final class Samples {
    /** A Wednesday, far from any change of clocks. */
    public static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");
    /** When everything is received, unless a test says otherwise. */
    public static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00Z");
    /** A second namespace, to be kept apart from the default one. */
    public static final Namespace OTHER = new Namespace("other");

    private Samples() {}

    /** A meter that counts the events of type {@code request}. */
    public static MeterSample meter(String slug) {
        return MeterSample.counting(slug);
    }

    /** An event of type {@code request}, at noon, of the subject alice. */
    public static EventSample event(String id) {
        return EventSample.withId(id);
    }

    /** A query of that meter for the whole of time and all subjects together. */
    public static QuerySample query(Meter meter) {
        return QuerySample.of(meter);
    }

    /** A ULID that is greater the greater the number. */
    public static String ulid(long number) {
        String digits = Long.toString(number, 32).toUpperCase(Locale.ROOT);
        StringBuilder ulid = new StringBuilder("01");
        ulid.repeat('0', 24 - digits.length());
        digits.chars().forEach(digit -> ulid.append(crockford(Character.digit(digit, 32))));
        return ulid.toString();
    }

    public static MeterId meterId(long number) {
        return new MeterId(ulid(number));
    }

    public static TokenId tokenId(long number) {
        return new TokenId(ulid(number));
    }

    public static SubjectKey subject(String key) {
        return new SubjectKey(key);
    }

    /** Only these subjects, each apart. */
    public static Subjects only(String... keys) {
        Set<SubjectKey> subjects = new LinkedHashSet<>();
        for (String key : keys) {
            subjects.add(new SubjectKey(key));
        }
        return new Subjects.Only(subjects);
    }

    public static DimensionKey dimension(String key) {
        return new DimensionKey(key);
    }

    public static Json number(String digits) {
        return new Json.Num(new BigDecimal(digits));
    }

    public static Json text(String text) {
        return new Json.Text(text);
    }

    /** Data with these members: names and values in turn. */
    public static Json.Obj data(Object... namesAndValues) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], json(namesAndValues[i + 1]));
        }
        return new Json.Obj(members);
    }

    /** Each of these events with what it gives to the meters of the catalog, as one batch. */
    public static EventBatch batch(Namespace namespace, Catalog catalog, List<Event> events) {
        List<MeteredEvent> metered = events.stream()
                .map(event -> MeteredEvent.of(event, catalog.counting(event.type())))
                .toList();
        return new EventBatch(namespace, catalog.version(), RECEIVED, metered);
    }

    private static Json json(Object value) {
        return switch (value) {
            case Json json -> json;
            case String text -> new Json.Text(text);
            case Boolean bool -> new Json.Bool(bool);
            case Integer number -> Json.Num.of(number);
            case BigDecimal number -> new Json.Num(number);
            default -> throw new IllegalArgumentException("no JSON: " + value);
        };
    }

    private static char crockford(int digit) {
        return "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(digit);
    }
}
