package io.meterport.application.ingest;

import static io.meterport.application.Refusals.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meterport.application.TestTime;
import io.meterport.application.spi.EventSample;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.Samples;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Horizon;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final Instant NOW = Samples.NOON.plus(Duration.ofHours(1));
    private static final Duration REACH = RecentEvents.REACH;

    private final MemoryStorage storage = new MemoryStorage(new TestTime(NOW));
    private final ListEvents list =
            new ListEvents(storage.history(), storage.meters(), storage.retention());

    @Test
    void reachesBack32DaysUnlessAsked() {
        send(
                Samples.event("new").at(NOW.minus(Duration.ofDays(31))),
                Samples.event("old").at(NOW.minus(REACH)));

        assertThat(ids(recent(Optional.empty(), Optional.empty()))).containsExactly("new");
    }

    @Test
    void includesItsStartAndNotItsEnd() {
        send(
                Samples.event("start").at(Samples.NOON),
                Samples.event("end").at(Samples.NOON.plusSeconds(60)));

        List<String> found =
                ids(recent(Optional.of(Samples.NOON), Optional.of(Samples.NOON.plusSeconds(60))));

        assertThat(found).containsExactly("start");
    }

    @Test
    void refusesARangeThatIsTooOldOrBackToFrontButNotAnEmptyOne() {
        Optional<Instant> now = Optional.of(NOW);

        assertThat(codeOf(() -> ids(recent(Optional.of(NOW.minus(REACH).minusNanos(1)), now))))
                .isEqualTo("invalid-range");
        assertThat(codeOf(() -> ids(recent(now, Optional.of(NOW.minusSeconds(1))))))
                .isEqualTo("invalid-range");
        assertThat(ids(recent(now, now))).isEmpty();
    }

    @Test
    void findsAPartOfAnIdWithWildcardsAndAnExactSubject() {
        send(
                Samples.event("order-17-a").of("alice"),
                Samples.event("order-18-a").of("alice"),
                Samples.event("order-17-b").of("alice2"));

        assertThat(ids(search("17", "alice"))).containsExactly("order-17-a");
        assertThat(ids(search("1_-a", "alice")))
                .containsExactlyInAnyOrder("order-17-a", "order-18-a");
    }

    @Test
    void saysWhyMetersPassOverAnEvent() {
        storage.meters()
                .change(new MeterChange.Define(Samples.meter("tokens").sum().meter()), "tests");
        send(
                Samples.event("good").with("value", 1),
                Samples.event("bad").with("value", "many"),
                Samples.event("strange").type("unheard-of"));

        List<ListedEvent> listed = list.matching(recent(Optional.empty(), Optional.empty())
                .at(Namespace.DEFAULT, NOW, Horizon.NONE));

        assertThat(listed)
                .extracting(event -> event.stored().event().key().id(), ListedEvent::faults)
                .containsExactlyInAnyOrder(
                        tuple("good", List.of()),
                        tuple(
                                "bad",
                                List.of("invalid event: value cannot be parsed as float64: many")),
                        tuple("strange", List.of("no meter found for event type: unheard-of")));
    }

    private List<String> ids(RecentEvents recent) {
        return list.recent(Namespace.DEFAULT, recent, NOW).stream()
                .map(event -> event.stored().event().key().id())
                .toList();
    }

    private static RecentEvents recent(Optional<Instant> from, Optional<Instant> to) {
        return new RecentEvents(
                from,
                to,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                100);
    }

    private static RecentEvents search(String id, String subject) {
        return new RecentEvents(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(id),
                Optional.of(subject),
                100);
    }

    private void send(EventSample... samples) {
        new IngestEvents(storage.meters(), storage.events()::append)
                .accept(
                        Namespace.DEFAULT,
                        Arrays.stream(samples).map(EventSample::event).toList(),
                        NOW);
    }
}
