package io.meterport.application.meter;

import static io.meterport.application.Refusals.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.TestTime;
import io.meterport.application.ingest.IngestEvents;
import io.meterport.application.spi.EventSample;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.MeterSample;
import io.meterport.application.spi.Samples;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindMetersTest {
    private static final Namespace HERE = Namespace.DEFAULT;
    private static final Instant NOW = Samples.NOON.plus(Duration.ofHours(1));

    private final MemoryStorage storage = new MemoryStorage(new TestTime(NOW));
    private final FindMeters find = new FindMeters(
            storage.meters(),
            storage.builds(),
            storage.history(),
            storage.usage(),
            storage.retention(),
            new TestTime(NOW));

    @Test
    void pagesThroughMetersInTheOrderAskedFor() {
        define(Samples.meter("b").number(1));
        define(Samples.meter("a").number(2));
        define(Samples.meter("c").number(3).sum());

        assertThat(slugs(MeterOrder.KEY, false, new Page(1, 2))).containsExactly("a", "b");
        assertThat(slugs(MeterOrder.KEY, false, new Page(2, 2))).containsExactly("c");
        assertThat(slugs(MeterOrder.KEY, true, new Page(1, 1))).containsExactly("c");
        assertThat(slugs(MeterOrder.CREATED_AT, false, new Page(1, 9)))
                .containsExactly("b", "a", "c");
        assertThat(slugs(MeterOrder.AGGREGATION, true, new Page(1, 1))).containsExactly("c");
    }

    @Test
    void findsADeletedMeterByItsIdOnly() {
        Meter meter = define(Samples.meter("gone"));
        storage.meters().change(new MeterChange.Delete(HERE, meter.id(), NOW), "tests");

        assertThat(codeOf(() -> find.named(HERE, new MeterName("gone"))))
                .isEqualTo("unknown-meter");
        assertThat(find.named(HERE, new MeterName(meter.id().value())).meter().deletedAt())
                .contains(NOW);
    }

    @Test
    void anIdOfAnotherNamespaceIsUnknown() {
        Meter meter = define(Samples.meter("theirs").in(Samples.OTHER));

        assertThat(codeOf(() -> find.named(HERE, new MeterName(meter.id().value()))))
                .isEqualTo("unknown-meter");
    }

    @Test
    void listsSubjectsOfTheEventTypeEvenBeforeTheMeterCounts() {
        define(Samples.meter("late").eventFrom(NOW));
        send(Samples.event("1").of("bob"), Samples.event("2").of("alice"));

        assertThat(find.subjects(HERE, new MeterName("late"), Optional.empty(), Optional.empty()))
                .containsExactly(new SubjectKey("alice"), new SubjectKey("bob"));
    }

    @Test
    void listsTheValuesOfTheLastDayInOrderWithAnEmptyOneForNone() {
        define(Samples.meter("requests").dimensions("model"));
        send(
                Samples.event("1").with("model", "b"),
                Samples.event("2"),
                Samples.event("3").with("model", "a"),
                Samples.event("4").with("model", "old").at(NOW.minus(Duration.ofHours(25))));

        assertThat(values(Optional.empty(), Optional.empty())).containsExactly("", "a", "b");
    }

    @Test
    void looksForValuesNeitherTooFarBackNorOverTooLongARange() {
        define(Samples.meter("requests").dimensions("model"));
        Instant oldest = NOW.minus(Duration.ofDays(90));

        assertThat(codeOf(() -> values(Optional.of(oldest), Optional.of(oldest.plusSeconds(1)))))
                .isEqualTo("invalid-range");
        assertThat(codeOf(() ->
                        values(Optional.of(NOW.minus(Duration.ofDays(31))), Optional.of(NOW))))
                .isEqualTo("invalid-range");
        assertThat(values(Optional.of(NOW.minus(Duration.ofDays(30))), Optional.of(NOW)))
                .isEmpty();
        assertThat(codeOf(() -> find.values(
                        HERE,
                        new MeterName("requests"),
                        "user",
                        Optional.empty(),
                        Optional.empty())))
                .isEqualTo("unknown-dimension");
    }

    @Test
    void aTextThatCouldBeBothIsTheSlugOfALiveMeter() {
        Meter first = define(Samples.meter("a").number(1));
        String id = first.id().value().toLowerCase(Locale.ROOT);
        Meter second = define(Samples.meter(id).number(2));

        assertThat(find.named(HERE, new MeterName(id)).meter().slug()).isEqualTo(new MeterSlug(id));
        assertThat(second.slug().value()).isEqualTo(id);
    }

    private List<String> values(Optional<Instant> from, Optional<Instant> to) {
        return find.values(HERE, new MeterName("requests"), "model", from, to);
    }

    private List<String> slugs(MeterOrder order, boolean falling, Page page) {
        return find.page(HERE, order, falling, false, page).stream()
                .map(found -> found.meter().slug().value())
                .toList();
    }

    private Meter define(MeterSample sample) {
        return storage.meters().change(new MeterChange.Define(sample.meter()), "tests");
    }

    private void send(EventSample... samples) {
        new IngestEvents(storage.meters(), storage.events()::append)
                .accept(HERE, Arrays.stream(samples).map(EventSample::event).toList(), NOW);
    }
}
