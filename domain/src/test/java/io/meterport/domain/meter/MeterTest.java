package io.meterport.domain.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.event.EventType;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final Aggregation SUM = new Aggregation.Sum(PropertyPath.of("$.value"));

    @Test
    void findsThePlaceOfADimension() {
        Meter meter = meter("name", Optional.empty(), dimensions("b", "a"));

        assertThat(meter.dimension(new DimensionKey("b"))).contains(0);
        assertThat(meter.dimension(new DimensionKey("a"))).contains(1);
        assertThat(meter.dimension(new DimensionKey("A"))).isEmpty();
    }

    @Test
    void cannotBeChangedFromOutside() {
        List<Dimension> dimensions = new ArrayList<>(dimensions("a"));
        Meter meter = meter("name", Optional.empty(), dimensions);

        dimensions.clear();

        assertThat(meter.dimensions()).hasSize(1);
    }

    @Test
    void refusesADimensionGivenTwice() {
        assertThatThrownBy(() -> meter("name", Optional.empty(), dimensions("a", "b", "a")))
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-meter: each dimension is given once");
    }

    @Test
    void refusesADimensionThatReadsTheValue() {
        List<Dimension> dimensions =
                List.of(new Dimension(new DimensionKey("a"), PropertyPath.of("$['value']")));

        assertThatThrownBy(() -> meter("name", Optional.empty(), dimensions))
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-meter: the dimension a must not read the value property");
    }

    @Test
    void hasAtMostAHundredDimensions() {
        String[] keys = IntStream.rangeClosed(0, 100).mapToObj(i -> "d" + i).toArray(String[]::new);

        assertThat(meter("name", Optional.empty(), dimensions(keys).subList(0, 100))
                        .dimensions())
                .hasSize(100);
        assertThatThrownBy(() -> meter("name", Optional.empty(), dimensions(keys)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void hasANameAndPerhapsADescription() {
        assertThat(meter("n".repeat(256), Optional.of("d\n".repeat(512)), List.of())
                        .isLive())
                .isTrue();
        for (String name : List.of("", " ", "n".repeat(257), "a\nb")) {
            assertThatThrownBy(() -> meter(name, Optional.empty(), List.of()))
                    .isInstanceOf(ProblemException.class);
        }
        for (String description : List.of("", "d".repeat(1_025))) {
            assertThatThrownBy(() -> meter("name", Optional.of(description), List.of()))
                    .isInstanceOf(ProblemException.class);
        }
    }

    private static List<Dimension> dimensions(String... keys) {
        return List.of(keys).stream()
                .map(key -> new Dimension(new DimensionKey(key), PropertyPath.of("$." + key)))
                .toList();
    }

    private static Meter meter(
            String name, Optional<String> description, List<Dimension> dimensions) {
        return new Meter(
                new MeterId("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                Namespace.DEFAULT,
                new MeterSlug("tokens"),
                name,
                description,
                new EventType("request"),
                Optional.empty(),
                SUM,
                dimensions,
                Optional.of(Map.of()),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty());
    }
}
