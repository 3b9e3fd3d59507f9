package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.meter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every store of meters promises. */
public abstract class MeterStoreContract extends StorageContract {
    @Test
    void hasNoMetersAtFirst() {
        assertThat(meters().catalog(Namespace.DEFAULT).meters()).isEmpty();
        assertThat(meters().all(Namespace.DEFAULT, true)).isEmpty();
        assertThat(meters().find(Namespace.DEFAULT, Samples.meterId(1))).isEmpty();
    }

    @Test
    void keepsAMeterExactlyAsItIs() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String key : List.of("unit", "z", "a", "label.model", "")) {
            metadata.put(key, "Ünïcode 😀 '\"\\ " + key);
        }
        Meter meter = new Meter(
                Samples.meterId(7),
                Namespace.DEFAULT,
                new MeterSlug("tokens_7"),
                "Name 😀 'quoted' \"twice\"",
                Optional.of("Description\nwith two lines"),
                new EventType("Type ✓"),
                Optional.of(Instant.parse("2024-02-29T23:59:59.999999Z")),
                new Aggregation.UniqueCount(PropertyPath.of("$.a['b c'].list[0]")),
                List.of(
                        new Dimension(Samples.dimension("z"), PropertyPath.of("$['it\\'s']")),
                        new Dimension(Samples.dimension("A"), PropertyPath.of("$.a"))),
                Optional.of(metadata),
                Instant.parse("2025-01-01T00:00:00.000001Z"),
                Instant.parse("2025-01-02T00:00:00.000002Z"),
                Optional.empty());

        assertThat(meters().change(new MeterChange.Define(meter), "tests")).isEqualTo(meter);

        Meter found = meters().find(Namespace.DEFAULT, meter.id()).orElseThrow();
        assertThat(found).isEqualTo(meter);
        assertThat(found.metadata().orElseThrow().keySet())
                .containsExactlyElementsOf(metadata.keySet());
        assertThat(meters().catalog(Namespace.DEFAULT).find(meter.slug())).contains(meter);
        assertThat(meters().catalog(Namespace.DEFAULT).find(meter.id())).contains(meter);
    }

    @Test
    void keepsEveryAggregationAndAllThatIsAbsent() {
        PropertyPath path = PropertyPath.of("$.value");
        List<Aggregation> aggregations = List.of(
                new Aggregation.Count(),
                new Aggregation.Sum(path),
                new Aggregation.Avg(path),
                new Aggregation.Min(path),
                new Aggregation.Max(path),
                new Aggregation.Latest(path),
                new Aggregation.UniqueCount(path));
        for (int i = 0; i < aggregations.size(); i++) {
            Meter meter = meter("meter_" + i).number(i).by(aggregations.get(i)).meter();
            meters().change(new MeterChange.Define(meter), "tests");
            assertThat(meters().find(Namespace.DEFAULT, meter.id())).contains(meter);
        }
    }

    @Test
    void tellsEmptyMetadataFromNone() {
        Meter none = meter("none").number(1).meter();
        Meter empty = with(meter("empty").number(2).meter(), "empty", Optional.of(Map.of()));
        meters().change(new MeterChange.Define(none), "tests");
        meters().change(new MeterChange.Define(empty), "tests");

        assertThat(meters().find(Namespace.DEFAULT, none.id()).orElseThrow().metadata())
                .isEmpty();
        assertThat(meters().find(Namespace.DEFAULT, empty.id()).orElseThrow().metadata())
                .contains(Map.of());
    }

    @Test
    void listsMetersInTheOrderOfTheirCreation() {
        driver().define(meter("c").number(1));
        driver().define(meter("a").number(2));
        Meter deleted = driver().define(meter("b").number(3));
        driver().define(meter("d").number(4));
        driver().delete(deleted);
        driver().redefine(meter("c").number(1).dimensions("model"));

        assertThat(slugs(meters().all(Namespace.DEFAULT, true)))
                .containsExactly("c", "a", "b", "d");
        assertThat(slugs(meters().all(Namespace.DEFAULT, false))).containsExactly("c", "a", "d");
        assertThat(slugs(meters().catalog(Namespace.DEFAULT).meters()))
                .containsExactly("c", "a", "d");
    }

    @Test
    void findsTheMetersThatCountAType() {
        driver().define(meter("a").number(1));
        driver().define(meter("b").number(2).type("other"));
        driver().define(meter("c").number(3).sum());

        Catalog catalog = meters().catalog(Namespace.DEFAULT);

        assertThat(slugs(catalog.counting(new EventType("request")))).containsExactly("a", "c");
        assertThat(slugs(catalog.counting(new EventType("none")))).isEmpty();
    }

    @Test
    void raisesTheVersionWithEveryChangeAndOnlyThen() {
        long first = version();
        Meter meter = driver().define(meter("a"));
        long defined = version();
        driver().redefine(meter("a").dimensions("model"));
        long redefined = version();
        driver().delete(meter);
        long deleted = version();

        assertThat(List.of(first, defined, redefined, deleted)).isSorted().doesNotHaveDuplicates();
        assertThat(version()).isEqualTo(deleted);
        assertThat(meters().catalog(Samples.OTHER).version()).isEqualTo(deleted);
    }

    @Test
    void refusesASecondLiveMeterWithOneSlug() {
        Meter first = driver().define(meter("a").number(1));
        long version = version();

        assertProblem(
                "meter-exists",
                Problem.Conflict.class,
                () -> driver().define(meter("a").number(2).type("other")));

        assertThat(version()).isEqualTo(version);
        assertThat(meters().find(Namespace.DEFAULT, Samples.meterId(2))).isEmpty();
        assertThat(meters().all(Namespace.DEFAULT, true)).containsExactly(first);
    }

    @Test
    void letsOneOfManyDefineASlug() {
        List<Boolean> defined = Together.run(6, thread -> {
            try {
                driver().define(meter("a").number(thread + 1));
                return true;
            } catch (ProblemException refused) {
                assertThat(refused.problem().code()).isEqualTo("meter-exists");
                return false;
            }
        });

        assertThat(defined).containsOnlyOnce(true);
        assertThat(meters().all(Namespace.DEFAULT, true)).hasSize(1);
    }

    @Test
    void freesTheSlugOfADeletedMeterAndKeepsTheMeter() {
        Meter first = driver().define(meter("a").number(1));
        driver().delete(first);
        Meter second = driver().define(meter("a").number(2).sum());

        assertThat(meters().catalog(Namespace.DEFAULT).find(new MeterSlug("a"))).contains(second);
        Meter deleted = meters().find(Namespace.DEFAULT, first.id()).orElseThrow();
        assertThat(deleted.deletedAt()).contains(Samples.RECEIVED);
        assertThat(deleted.isLive()).isFalse();
        assertThat(meters().catalog(Namespace.DEFAULT).find(first.id())).isEmpty();
    }

    @Test
    void replacesOnlyWhatMayChange() {
        Meter old = driver().define(
                        meter("a").number(1).sum().dimensions("model").eventFrom(Samples.NOON));
        Meter asked = with(
                meter("a")
                        .number(1)
                        .sum()
                        .dimensions("region")
                        .eventFrom(Samples.NOON)
                        .meter(),
                "New name",
                Optional.of(Map.of("unit", "byte")));

        Meter changed = meters().change(new MeterChange.Redefine(asked), "tests");

        assertThat(changed.name()).isEqualTo("New name");
        assertThat(changed.dimensions()).isEqualTo(asked.dimensions());
        assertThat(changed.metadata()).contains(Map.of("unit", "byte"));
        assertThat(changed.updatedAt()).isEqualTo(asked.updatedAt());
        assertThat(changed.createdAt()).isEqualTo(old.createdAt());
        assertThat(changed.aggregation()).isEqualTo(old.aggregation());
        assertThat(changed.eventFrom()).isEqualTo(old.eventFrom());
        assertThat(meters().find(Namespace.DEFAULT, old.id())).contains(changed);
        assertThat(meters().catalog(Namespace.DEFAULT).meters()).containsExactly(changed);
    }

    @Test
    void changesNothingOfAMeterThatIsNotLive() {
        Meter deleted = driver().define(meter("a").number(1));
        driver().delete(deleted);

        for (MeterChange change : List.of(
                new MeterChange.Redefine(meter("a").number(1).meter()),
                new MeterChange.Redefine(meter("b").number(2).meter()),
                new MeterChange.Delete(Namespace.DEFAULT, Samples.meterId(1), Samples.NOON),
                new MeterChange.Delete(Namespace.DEFAULT, Samples.meterId(2), Samples.NOON))) {
            assertProblem(
                    "unknown-meter",
                    Problem.NotFound.class,
                    () -> meters().change(change, "tests"));
        }
        assertThat(meters().find(Namespace.DEFAULT, deleted.id()).orElseThrow().deletedAt())
                .contains(Samples.RECEIVED);
    }

    @Test
    void keepsNamespacesApart() {
        Meter here = driver().define(meter("a").number(1));
        Meter there = driver().define(meter("a").number(2).in(Samples.OTHER));

        assertThat(meters().catalog(Namespace.DEFAULT).meters()).containsExactly(here);
        assertThat(meters().catalog(Samples.OTHER).meters()).containsExactly(there);
        assertThat(meters().find(Samples.OTHER, here.id())).isEmpty();
        assertProblem(
                "unknown-meter",
                Problem.NotFound.class,
                () -> meters().change(
                                new MeterChange.Delete(Samples.OTHER, here.id(), Samples.NOON),
                                "tests"));
        assertProblem(
                "unknown-meter",
                Problem.NotFound.class,
                () -> driver().redefine(meter("a").number(1).in(Samples.OTHER)));
        assertThat(meters().catalog(Namespace.DEFAULT).meters()).containsExactly(here);
    }

    @Test
    void holdsAThousandLiveMetersAndNoMore() {
        int threads = 20;
        Together.run(threads, thread -> {
            for (int i = thread; i < Meter.MOST_PER_NAMESPACE; i += threads) {
                driver().define(meter("meter_" + i).number(i));
            }
            return thread;
        });

        assertProblem(
                "too-many-meters",
                Problem.Conflict.class,
                () -> driver().define(meter("another").number(5_000)));

        driver().define(meter("another").number(5_000).in(Samples.OTHER));
        driver().delete(meter("meter_5").number(5).meter());
        driver().define(meter("another").number(5_001));
        assertThat(meters().catalog(Namespace.DEFAULT).meters()).hasSize(Meter.MOST_PER_NAMESPACE);
    }

    private MeterStore meters() {
        return catalog().meters();
    }

    private long version() {
        return meters().catalog(Namespace.DEFAULT).version();
    }

    private static List<String> slugs(List<Meter> meters) {
        return meters.stream().map(meter -> meter.slug().value()).toList();
    }

    private static Meter with(Meter meter, String name, Optional<Map<String, String>> metadata) {
        return new Meter(
                meter.id(),
                meter.namespace(),
                meter.slug(),
                name,
                meter.description(),
                meter.eventType(),
                meter.eventFrom(),
                meter.aggregation(),
                meter.dimensions(),
                metadata,
                meter.createdAt(),
                meter.updatedAt().plusSeconds(60),
                meter.deletedAt());
    }

    private static void assertProblem(
            String code, Class<? extends Problem> kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem()).isInstanceOf(kind);
            assertThat(refused.problem().code()).isEqualTo(code);
        });
    }
}
