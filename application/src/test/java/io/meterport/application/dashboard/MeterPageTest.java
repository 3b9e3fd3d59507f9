package io.meterport.application.dashboard;

import static io.meterport.application.Refusals.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.TestTime;
import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.EventSample;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.MeterSample;
import io.meterport.application.spi.Samples;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeterPageTest {
    private static final Instant NOON = Samples.NOON;
    private static final Window HOURS =
            new Window(NOON.minus(Duration.ofHours(2)), NOON.plus(Duration.ofHours(2)));
    private static final Window BEFORE = new Window(NOON.minus(Duration.ofHours(6)), HOURS.start());
    private static final Instant NOW = NOON.plus(Duration.ofMinutes(30));

    private final MemoryStorage storage = new MemoryStorage(new TestTime(NOW));

    @Test
    void tellsTheGreatestGroupsApartAndPutsTheRestTogetherExactly() {
        Meter meter = define(Samples.meter("tokens").sum().dimensions("model"));
        send(event("1", "a", 1), event("2", "b", 20), event("3", "c", 300), event("4", "d", 4));

        MeterAnswer page = page(meter, asked().top(2).by("model"));

        assertThat(page.groups())
                .extracting(Series::group)
                .containsExactly(List.of("c"), List.of("b"));
        assertThat(page.other().orElseThrow().total()).contains(new BigDecimal("5"));
        assertThat(page.all().total()).contains(new BigDecimal("325"));
    }

    @Test
    void ranksEqualGroupsByTheirNames() {
        Meter meter = define(Samples.meter("requests").dimensions("model"));
        send(event("1", "b", 1), event("2", "a", 1), event("3", "c", 1));

        MeterAnswer page = page(meter, asked().top(2).by("model"));

        assertThat(page.groups())
                .extracting(Series::group)
                .containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void theRestOfADistinctCountIsNoSumOfParts() {
        Meter meter = define(Samples.meter("users").uniqueCount().dimensions("model"));
        send(event("1", "a", 1), event("2", "a", 2), event("3", "b", 7), event("4", "c", 7));

        MeterAnswer page = page(meter, asked().top(1).by("model"));

        assertThat(page.other().orElseThrow().total()).contains(BigDecimal.ONE);
    }

    @Test
    void theLatestNumberHasNoRest() {
        Meter meter = define(Samples.meter("level").latest().dimensions("model"));
        send(event("1", "a", 1), event("2", "b", 2));

        MeterAnswer page = page(meter, asked().top(1).by("model"));

        assertThat(page.other()).isEmpty();
    }

    @Test
    void fillsWindowsThatHaveBegunAndMarksTheOneThatIsOpen() {
        Meter meter = define(Samples.meter("requests"));
        send(event("1", "a", 1));

        MeterAnswer page = page(meter, asked().filled());

        assertThat(page.all().points())
                .extracting(point -> point.value().orElseThrow().intValue())
                .containsExactly(0, 0, 1);
        assertThat(page.all().points())
                .extracting(Point::partial)
                .containsExactly(false, false, true);
    }

    @Test
    void leavesAGapWhereThereIsNothingToAverage() {
        Meter meter = define(Samples.meter("level").latest());
        send(event("1", "a", 1));

        MeterAnswer page = page(meter, asked().filled());

        assertThat(page.all().points().getFirst().value()).isEmpty();
    }

    @Test
    void addsUpOverTimeWhatMayBeAddedAndRefusesTheRest() {
        Meter sum = define(Samples.meter("tokens").sum());
        Meter latest = define(Samples.meter("level").latest().number(2));
        send(event("1", "a", 5).at(NOON.minus(Duration.ofHours(1))), event("2", "a", 7));

        MeterAnswer page = page(sum, asked().cumulative());

        assertThat(page.all().points())
                .extracting(point -> point.cumulative().orElseThrow().intValue())
                .containsExactly(5, 12);
        assertThat(codeOf(() -> page(latest, asked().cumulative()))).isEqualTo("invalid-body");
    }

    @Test
    void comparesWithTheSameElapsedTimeOfThePeriodBefore() {
        Meter meter = define(Samples.meter("tokens").sum());
        send(
                event("1", "a", 10),
                event("2", "a", 3).at(BEFORE.start()),
                event("3", "a", 4).at(BEFORE.start().plus(Duration.ofMinutes(149))),
                event("4", "a", 50).at(BEFORE.start().plus(Duration.ofMinutes(150))));

        Comparison before = page(meter, asked().compared()).previous().orElseThrow();

        assertThat(before.comparedTo()).isEqualTo(BEFORE.start().plus(Duration.ofMinutes(150)));
        assertThat(before.total()).contains(new BigDecimal("7"));
        assertThat(before.delta()).contains(new BigDecimal("3"));
        assertThat(before.points()).hasSize(2);
    }

    @Test
    void nothingIsZeroForSumsAndNothingForTheRest() {
        Meter sum = define(Samples.meter("tokens").sum());
        Meter latest = define(Samples.meter("level").latest().number(2));

        assertThat(page(sum, asked()).all().total()).contains(BigDecimal.ZERO);
        assertThat(page(latest, asked()).all().total()).isEmpty();
    }

    private Meter define(MeterSample sample) {
        return storage.meters().change(new MeterChange.Define(sample.meter()), "tests");
    }

    private void send(EventSample... samples) {
        Catalog catalog = storage.meters().catalog(Namespace.DEFAULT);
        List<Event> events = Arrays.stream(samples).map(EventSample::event).toList();
        storage.events().append(Samples.batch(Namespace.DEFAULT, catalog, events));
    }

    private static EventSample event(String id, String model, int value) {
        return Samples.event(id).with("model", model, "value", value);
    }

    private MeterAnswer page(Meter meter, Asked asked) {
        UsageQuery query = Samples.query(meter)
                .whose(Samples.only("alice"))
                .groupBy(asked.series().groupBy().toArray(String[]::new))
                .query();
        MeterPage.Shape shape = new MeterPage.Shape(
                HOURS, BEFORE, ZoneOffset.UTC, Optional.of(WindowSize.HOUR), NOW);
        return storage.usage()
                .together(state -> new MeterPage(state, shape, asked.series(), new PointBudget())
                        .answer(query));
    }

    private static Asked asked() {
        return new Asked(new SeriesRequest("any", List.of(), 7, Map.of(), false, false, false));
    }

    /** A request to be; every method gives another one that differs in one thing. */
    private record Asked(SeriesRequest series) {
        Asked top(int top) {
            return new Asked(
                    new SeriesRequest("any", series.groupBy(), top, Map.of(), false, false, false));
        }

        Asked by(String dimension) {
            return new Asked(new SeriesRequest(
                    "any", List.of(dimension), series.top(), Map.of(), false, false, false));
        }

        Asked compared() {
            return new Asked(new SeriesRequest("any", List.of(), 7, Map.of(), true, false, false));
        }

        Asked cumulative() {
            return new Asked(new SeriesRequest("any", List.of(), 7, Map.of(), false, true, false));
        }

        Asked filled() {
            return new Asked(new SeriesRequest("any", List.of(), 7, Map.of(), false, false, true));
        }
    }
}
