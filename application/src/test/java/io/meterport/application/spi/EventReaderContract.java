package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.NOON;
import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventType;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What everybody who gives events back promises. */
public abstract class EventReaderContract extends StorageContract {
    private static final Filter ANY = new Filter.Any();
    private static final TimeFilter ALWAYS = new TimeFilter.Any();

    @Test
    void listsNothingWhereNothingIs() {
        assertThat(events().history().list(everything(Namespace.DEFAULT, 100))).isEmpty();
        assertThat(subjects("request", TimeFilter.ALL)).isEmpty();
    }

    @Test
    void listsTheNewestEventTimeFirstAndThenTheLatestStored() {
        driver().send(event("old").at(NOON.minusSeconds(60)));
        driver().send(event("first").at(NOON));
        driver().send(event("second").at(NOON));
        driver().send(event("late").at(NOON.minusNanos(1_000)));
        driver().send(event("future").at("9999-12-31T23:59:59.999999Z"));

        assertThat(ids(Namespace.DEFAULT))
                .containsExactly("future", "second", "first", "late", "old");
    }

    @Test
    void listsNoMoreThanTheLimit() {
        driver().send(event("1"), event("2"), event("3"));

        assertThat(events().history().list(everything(Namespace.DEFAULT, 2))).hasSize(2);
    }

    @Test
    void givesEveryEventOnceToWhoeverGoesOnBehindTheLastOne() {
        List<Event> all = IntStream.range(0, 250)
                .mapToObj(i ->
                        event("id-" + i).at(NOON.plus(i % 5, ChronoUnit.MICROS)).event())
                .toList();
        for (int from = 0; from < 250; from += 50) {
            driver().send(Namespace.DEFAULT, all.subList(from, from + 50));
        }

        for (int limit : new int[] {1, 7, 100}) {
            List<StoredEvent> paged =
                    Histories.all(events().history(), everything(Namespace.DEFAULT, limit));

            assertThat(paged).hasSize(250).doesNotHaveDuplicates();
            assertThat(paged).isSortedAccordingTo((a, b) -> EventCursor.of(a).isBefore(b) ? -1 : 1);
        }
    }

    @Test
    void goesOnUndisturbedByEventsThatArriveMeanwhile() {
        driver().send(event("a").at(NOON), event("b").at(NOON.minusSeconds(1)));
        EventCursor afterA = EventCursor.of(history(Namespace.DEFAULT).getFirst());
        driver().send(
                        event("newer").at(NOON.plusSeconds(1)),
                        event("older").at(NOON.minusSeconds(2)));

        List<StoredEvent> rest =
                list(query -> with(query, ANY, ANY, ANY, ANY, ALWAYS, ALWAYS, Optional.of(afterA)));

        assertThat(rest)
                .extracting(stored -> stored.event().key().id())
                .containsExactly("b", "older");
    }

    @Test
    void takesAPlaceWhereNoEventIs() {
        driver().send(event("a").at(NOON), event("b").at(NOON.minusSeconds(10)));
        EventCursor between = new EventCursor(NOON.minusSeconds(5), 0);

        assertThat(list(query ->
                        with(query, ANY, ANY, ANY, ANY, ALWAYS, ALWAYS, Optional.of(between))))
                .extracting(stored -> stored.event().key().id())
                .containsExactly("b");
    }

    @Test
    void filtersByEveryAttribute() {
        driver().send(
                        event("one").from("s1").of("alice").type("t1").at(NOON),
                        event("two").from("s2").of("bob").type("t1").at(NOON.plusSeconds(1)),
                        event("three").from("s1").of("Alice").type("t2").at(NOON.plusSeconds(2)),
                        event("FOUR").from("s_").of("al_ce").type("t2").at(NOON.plusSeconds(3)));

        Map<Filter, List<String>> byId = Map.of(
                Filter.eq("one"),
                List.of("one"),
                Filter.eq("four"),
                List.of(),
                Filter.like("%o%"),
                List.of("two", "one"),
                Filter.ilike("f_u%"),
                List.of("FOUR"),
                new Filter.In(Set.of("two", "three", "none")),
                List.of("three", "two"),
                new Filter.Not(Filter.like("t%")),
                List.of("FOUR", "one"),
                new Filter.Less("one"),
                List.of("FOUR"),
                new Filter.Greater("one"),
                List.of("three", "two"));
        byId.forEach((filter, ids) -> assertThat(ids(query ->
                        with(query, filter, ANY, ANY, ANY, ALWAYS, ALWAYS, Optional.empty())))
                .as("id %s", filter)
                .isEqualTo(ids));
        assertThat(ids(q -> with(
                        q, ANY, Filter.like("s\\_"), ANY, ANY, ALWAYS, ALWAYS, Optional.empty())))
                .containsExactly("FOUR");
        assertThat(ids(q -> with(
                        q, ANY, ANY, Filter.eq("alice"), ANY, ALWAYS, ALWAYS, Optional.empty())))
                .containsExactly("one");
        assertThat(ids(q -> with(
                        q,
                        ANY,
                        ANY,
                        Filter.like("al\\_ce"),
                        ANY,
                        ALWAYS,
                        ALWAYS,
                        Optional.empty())))
                .containsExactly("FOUR");
        assertThat(ids(q ->
                        with(q, ANY, ANY, ANY, Filter.eq("t1"), ALWAYS, ALWAYS, Optional.empty())))
                .containsExactly("two", "one");
        assertThat(ids(q -> with(
                        q,
                        ANY,
                        Filter.eq("s1"),
                        ANY,
                        Filter.eq("t2"),
                        ALWAYS,
                        ALWAYS,
                        Optional.empty())))
                .containsExactly("three");
    }

    @Test
    void filtersByTimeToTheMicrosecond() {
        Instant before = NOON.minusNanos(1_000);
        Instant after = NOON.plusNanos(1_000);
        driver().send(
                        event("before").at(before),
                        event("at").at(NOON),
                        event("after").at(after));

        assertThat(byTime(new TimeFilter.Before(NOON, false))).containsExactly("before");
        assertThat(byTime(new TimeFilter.Before(NOON, true))).containsExactly("at", "before");
        assertThat(byTime(new TimeFilter.After(NOON, false))).containsExactly("after");
        assertThat(byTime(new TimeFilter.After(NOON, true))).containsExactly("after", "at");
        assertThat(byTime(new TimeFilter.And(List.of(
                        new TimeFilter.After(before, true), new TimeFilter.Before(NOON, false)))))
                .containsExactly("before");
        assertThat(byTime(new TimeFilter.Or(List.of(
                        new TimeFilter.Before(NOON, false), new TimeFilter.After(NOON, false)))))
                .containsExactly("after", "before");
        assertThat(byTime(new TimeFilter.And(List.of()))).hasSize(3);
        assertThat(byTime(new TimeFilter.Before(NOON.plusNanos(1), false)))
                .containsExactly("at", "before");
    }

    @Test
    void filtersByTheTimeOfReceipt() {
        long version = catalog().meters().catalog(Namespace.DEFAULT).version();
        for (int i = 0; i < 3; i++) {
            events().events()
                    .append(new EventBatch(
                            Namespace.DEFAULT,
                            version,
                            NOON.plusSeconds(i),
                            List.of(MeteredEvent.of(event("id-" + i).event(), List.of()))));
        }
        TimeFilter middle = new TimeFilter.And(List.of(
                new TimeFilter.After(NOON, false),
                new TimeFilter.Before(NOON.plusSeconds(2), false)));

        assertThat(ids(q -> with(q, ANY, ANY, ANY, ANY, ALWAYS, middle, Optional.empty())))
                .containsExactly("id-1");
    }

    @Test
    void keepsNamespacesApart() {
        driver().send(event("here").of("alice"));
        driver().send(Samples.OTHER, List.of(event("there").of("bob").event()));

        assertThat(ids(Namespace.DEFAULT)).containsExactly("here");
        assertThat(ids(Samples.OTHER)).containsExactly("there");
        assertThat(ids(new Namespace("third"))).isEmpty();
        assertThat(events().history()
                        .subjects(Samples.OTHER, new EventType("request"), TimeFilter.ALL))
                .containsExactly(subject("bob"));
    }

    @Test
    void findsEachSubjectOfATypeOnceInRisingOrder() {
        driver().send(
                        event("1").of("b"),
                        event("2").of("b").at(NOON.plusSeconds(1)),
                        event("3").of("A"),
                        event("4").of("a"),
                        event("5").of("\uffee"),
                        event("6").of("😀"),
                        event("7").of("elsewhere").type("another"));

        assertThat(subjects("request", TimeFilter.ALL))
                .containsExactly("A", "a", "b", "\uffee", "😀");
        assertThat(subjects("another", TimeFilter.ALL)).containsExactly("elsewhere");
        assertThat(subjects("unheard-of", TimeFilter.ALL)).isEmpty();
    }

    @Test
    void findsOnlySubjectsWithEventsInTheHalfOpenRange() {
        driver().send(
                        event("1").of("before").at(NOON.minusNanos(1_000)),
                        event("2").of("start").at(NOON),
                        event("3").of("inside").at(NOON.plusSeconds(1)),
                        event("4").of("end").at(NOON.plusSeconds(60)));

        assertThat(subjects("request", new Window(NOON, NOON.plusSeconds(60))))
                .containsExactly("inside", "start");
        assertThat(subjects("request", new Window(NOON, NOON))).isEmpty();
    }

    private List<String> subjects(String type, Window range) {
        return events().history().subjects(Namespace.DEFAULT, new EventType(type), range).stream()
                .map(key -> key.value())
                .toList();
    }

    private List<String> byTime(TimeFilter time) {
        return ids(query -> with(query, ANY, ANY, ANY, ANY, time, ALWAYS, Optional.empty()));
    }

    private List<String> ids(Function<EventQuery, EventQuery> change) {
        return list(change).stream().map(stored -> stored.event().key().id()).toList();
    }

    private List<StoredEvent> list(Function<EventQuery, EventQuery> change) {
        return new ArrayList<>(
                events().history().list(change.apply(everything(Namespace.DEFAULT, 100))));
    }

    private static EventQuery with(
            EventQuery query,
            Filter id,
            Filter source,
            Filter subject,
            Filter type,
            TimeFilter time,
            TimeFilter ingestedAt,
            Optional<EventCursor> after) {
        return new EventQuery(
                query.namespace(),
                id,
                source,
                subject,
                type,
                time,
                ingestedAt,
                after,
                query.limit());
    }
}
