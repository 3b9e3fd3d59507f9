package io.meterport.application.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever is stored and asked, the storage answers what {@link Usage} says about the same events:
 * while old events are still being counted, afterwards, and after a meter's dimensions changed.
 *
 * <p>How many scenarios are tried is said by the system property {@code jqwik.tries.default}.
 */
public abstract class UsageAgreement {
    private WholeStorage storage;
    private StorageDriver driver;
    private int tries;

    /** Opens a new, empty storage. */
    protected abstract WholeStorage open() throws Exception;

    @BeforeProperty
    final void openStorage() throws Exception {
        storage = open();
        driver = new StorageDriver(storage);
    }

    @AfterProperty
    final void closeStorage() {
        if (storage != null) {
            storage.close();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theStorageAnswersWhatUsageSays(@ForAll("scenarios") Scenario scenario) {
        tries++;
        Namespace namespace = new Namespace("try-" + tries);
        MeterSample sample = scenario.meter().number(tries).in(namespace);
        Map<EventKey, Event> kept = new LinkedHashMap<>();
        Optional<Meter> meter = Optional.empty();

        for (int step = 0; step <= scenario.batches().size(); step++) {
            if (step == scenario.defineBefore()) {
                meter = Optional.of(driver.define(sample));
            }
            if (step == scenario.relabelBefore()) {
                meter = Optional.of(driver.redefine(sample.dimensions(scenario.relabelled())));
            }
            if (step < scenario.batches().size()) {
                List<Event> batch = scenario.batches().get(step);
                driver.send(namespace, batch);
                batch.forEach(event -> kept.putIfAbsent(event.key(), event));
            }
        }

        agree(scenario.queriesOf(meter.orElseThrow()), kept.values());
        driver.finishBuilds();
        agree(scenario.queriesOf(meter.orElseThrow()), kept.values());
    }

    @Provide
    final Arbitrary<Scenario> scenarios() {
        return Scenarios.any();
    }

    private void agree(List<UsageQuery> queries, Collection<Event> events) {
        for (UsageQuery query : queries) {
            Optional<List<UsageRow>> expected = expected(query, events);
            if (expected.isPresent()) {
                agree(query, expected.get(), events);
            } else {
                assertThat(refusal(query)).as("%s", query).isEqualTo("too-many-windows");
            }
        }
    }

    private void agree(UsageQuery query, List<UsageRow> expected, Collection<Event> events) {
        try {
            assertThat(driver.answer(query)).as("%s", query).isEqualTo(expected);
        } catch (ProblemException refused) {
            assertThat(refused.problem().code()).as("%s", query).isEqualTo("too-many-windows");
            assertThat(expected(unrestricted(query), events))
                    .as("fits even without subjects and filters: %s", query)
                    .isEmpty();
        }
    }

    private String refusal(UsageQuery query) {
        try {
            return fail("should have been refused: " + query + ", not " + driver.rows(query));
        } catch (ProblemException refused) {
            return refused.problem().code();
        }
    }

    /** What the domain answers; empty if it refuses because of too many windows. */
    private static Optional<List<UsageRow>> expected(UsageQuery query, Collection<Event> events) {
        try {
            return Optional.of(StorageDriver.plain(Usage.of(query, events)));
        } catch (ProblemException refused) {
            assertThat(refused.problem().code()).isEqualTo("too-many-windows");
            return Optional.empty();
        }
    }

    /** A store may clip a range to the data of a meter without looking at subjects and filters. */
    private static UsageQuery unrestricted(UsageQuery query) {
        return new UsageQuery(
                query.meter(),
                new Subjects.Together(),
                query.from(),
                query.to(),
                query.windowing(),
                List.of(),
                Map.of());
    }
}
