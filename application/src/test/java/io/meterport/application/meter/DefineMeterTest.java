package io.meterport.application.meter;

import static io.meterport.application.Refusals.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterport.application.Secrets;
import io.meterport.application.TestTime;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.MeterSample;
import io.meterport.application.spi.Samples;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefineMeterTest {
    private static final Namespace HERE = Namespace.DEFAULT;

    private final TestTime time = new TestTime(Samples.NOON);
    private final MemoryStorage storage = new MemoryStorage(time);
    private final Secrets secrets = new Secrets();
    private final DefineMeter define =
            new DefineMeter(storage.meters(), time, secrets::id, Set.of(new MeterSlug("declared")));
    private final DeclareMeters declare = new DeclareMeters(storage.meters(), define);

    @Test
    void aMeterWithoutANameIsCalledByItsSlug() {
        Meter meter = define.create("tests", HERE, draft("tokens"));

        assertThat(meter.name()).isEqualTo("tokens");
        assertThat(meter.createdAt()).isEqualTo(Samples.NOON);
    }

    @Test
    void aSlugIsTakenOnlyWhileItsMeterLivesAndOnlyInItsNamespace() {
        Meter first = define.create("tests", HERE, draft("tokens"));

        String again = codeOf(() -> define.create("tests", HERE, draft("tokens")));
        Meter elsewhere = define.create("tests", Samples.OTHER, draft("tokens"));
        define.delete("tests", HERE, new MeterName("tokens"));
        Meter second = define.create("tests", HERE, draft("tokens"));

        assertThat(again).isEqualTo("meter-exists");
        assertThat(List.of(first.id(), elsewhere.id(), second.id())).doesNotHaveDuplicates();
    }

    @Test
    void replacingLeavesADescriptionThatIsNotGivenAndClearsTheRest() {
        MeterDraft draft = draft("tokens");
        define.create("tests", HERE, draft);
        time.pass(Duration.ofSeconds(1));

        Meter meter = define.replace(
                "tests",
                HERE,
                new MeterName("tokens"),
                new MeterEdit(
                        Optional.of("Tokens"), Optional.empty(), List.of(), Optional.empty()));

        assertThat(meter.description()).isEqualTo(draft.description());
        assertThat(meter.name()).isEqualTo("Tokens");
        assertThat(meter.dimensions()).isEmpty();
        assertThat(meter.metadata()).isEmpty();
        assertThat(meter.updatedAt()).isEqualTo(Samples.NOON.plusSeconds(1));
    }

    @Test
    void deletingAgainIsHarmlessByIdAndUnknownBySlug() {
        Meter meter = define.create("tests", HERE, draft("tokens"));
        MeterName id = new MeterName(meter.id().value().toLowerCase(Locale.ROOT));

        define.delete("tests", HERE, id);
        define.delete("tests", HERE, id);

        assertThat(codeOf(() -> define.delete("tests", HERE, new MeterName("tokens"))))
                .isEqualTo("unknown-meter");
        assertThat(codeOf(() -> define.replace("tests", HERE, id, edit())))
                .isEqualTo("unknown-meter");
    }

    @Test
    void aDeclaredMeterIsChangedInTheConfigurationOnly() {
        declare.declare(List.of(draft("declared")));

        assertThat(codeOf(() -> define.delete("tests", HERE, new MeterName("declared"))))
                .isEqualTo("declared-meter");
        assertThat(codeOf(() -> define.replace("tests", HERE, new MeterName("declared"), edit())))
                .isEqualTo("declared-meter");
    }

    @Test
    void declaringTheSameAgainChangesNothing() {
        declare.declare(List.of(draft("declared")));
        long version = storage.meters().catalog(HERE).version();

        declare.declare(List.of(draft("declared")));

        assertThat(storage.meters().catalog(HERE).version()).isEqualTo(version);
    }

    @Test
    void declaringWhatCanNeverChangeDifferentlyIsRefused() {
        declare.declare(List.of(draft("declared")));
        MeterDraft counting = draft("declared", new Aggregation.Count());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> declare.declare(List.of(counting)))
                .withMessageContaining("declared");
    }

    private static MeterEdit edit() {
        return new MeterEdit(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    private static MeterDraft draft(String slug) {
        return draft(slug, new Aggregation.Sum(MeterSample.VALUE));
    }

    private static MeterDraft draft(String slug, Aggregation aggregation) {
        return new MeterDraft(
                new MeterSlug(slug),
                Optional.empty(),
                Optional.of("what it is"),
                new EventType("request"),
                Optional.empty(),
                aggregation,
                List.of(new Dimension(new DimensionKey("model"), PropertyPath.of("$.model"))),
                Optional.of(Map.of("unit", "token")));
    }
}
