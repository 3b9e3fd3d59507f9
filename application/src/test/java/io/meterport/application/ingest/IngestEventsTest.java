package io.meterport.application.ingest;

import static io.meterport.application.Refusals.codeOf;
import static io.meterport.application.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.TestTime;
import io.meterport.application.spi.EventSink;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StaleCatalog;
import io.meterport.domain.event.Event;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestEventsTest {
    private static final Event EVENT = Samples.event("1").with("value", 2).event();

    private final MemoryStorage storage = new MemoryStorage(new TestTime(Samples.NOON));

    @Test
    void countsForAMeterThatWasDefinedWhileItsBatchWasOnTheWay() {
        var meter = Samples.meter("tokens").sum().meter();
        EventSink interrupted = batch -> {
            if (storage.meters().all(Namespace.DEFAULT, false).isEmpty()) {
                storage.meters().change(new MeterChange.Define(meter), "tests");
            }
            storage.events().append(batch);
        };

        accept(interrupted, List.of(EVENT));

        UsageQuery query = Samples.query(meter).query();
        assertThat(Usage.rows(query, storage.usage().read(query)))
                .singleElement()
                .satisfies(row -> assertThat(row.value()).isEqualTo(new BigDecimal("2")));
    }

    @Test
    void givesUpWhenTheMetersNeverStandStill() {
        EventSink hopeless = batch -> {
            throw new StaleCatalog();
        };

        assertThat(problemOf(() -> accept(hopeless, List.of(EVENT))))
                .isInstanceOf(Problem.Unavailable.class);
    }

    @Test
    void takesNoMoreThanTheMostEvents() {
        List<Event> tooMany = Collections.nCopies(IngestEvents.MOST_EVENTS + 1, EVENT);

        assertThat(codeOf(() -> accept(storage.events()::append, tooMany)))
                .isEqualTo("batch-too-large");
    }

    @Test
    void anEmptyBatchTouchesNothing() {
        EventSink untouched = batch -> {
            throw new AssertionError("nothing to store");
        };

        accept(untouched, List.of());

        assertThat(storage.meters().all(Namespace.DEFAULT, false)).isEmpty();
    }

    private void accept(EventSink sink, List<Event> events) {
        new IngestEvents(storage.meters(), sink).accept(Namespace.DEFAULT, events, Samples.NOON);
    }
}
