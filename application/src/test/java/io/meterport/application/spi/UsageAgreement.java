package io.meterport.application.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.Tally;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever is stored and asked, the storage answers what {@link Usage} says about the same events:
 * while old events are still being counted, afterwards, after a meter's dimensions changed, after
 * events were forgotten and after a subject was erased.
 *
 * <p>How many scenarios are tried is said by the system property {@code jqwik.tries.default}.
 */
public abstract class UsageAgreement {
    private static final SubjectKey ERASED = new SubjectKey("bob");
    private static final Set<String> REFUSALS = Set.of("too-many-windows", "before-horizon");

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
    void theStorageAnswersWhatUsageSays(@ForAll("scenarios") Scenario scenario) throws Exception {
        if (scenario.forgets()) {
            // A horizon never falls, so that the next scenario needs another storage.
            closeStorage();
            openStorage();
        }
        live(scenario);
        if (scenario.forgets()) {
            closeStorage();
            openStorage();
        }
    }

    /** The same events in other batches and another order, before their meter instead of after it. */
    @Property(edgeCases = EdgeCasesMode.NONE, tries = 60)
    void theSameEventsGiveTheSameReadingsInAnyOrderAndAnyBatches(
            @ForAll("scenarios") Scenario scenario, @ForAll Random random) {
        tries++;
        Map<EventKey, Event> log = new LinkedHashMap<>();
        scenario.batches()
                .forEach(batch -> batch.forEach(event -> log.putIfAbsent(event.key(), event)));
        List<Event> shuffled = new ArrayList<>(log.values());
        Collections.shuffle(shuffled, random);

        Namespace one = new Namespace("one-" + tries);
        Meter first =
                driver.define(scenario.meter().number(2L * tries + 1_000_000).in(one));
        driver.send(one, List.copyOf(log.values()));
        Namespace other = new Namespace("other-" + tries);
        while (!shuffled.isEmpty()) {
            int size = 1 + random.nextInt(shuffled.size());
            driver.send(other, List.copyOf(shuffled.subList(0, size)));
            shuffled.subList(0, size).clear();
        }
        Meter second =
                driver.define(scenario.meter().number(2L * tries + 1_000_001).in(other));
        driver.finishBuilds();

        List<UsageQuery> firstQueries = scenario.queriesOf(first);
        List<UsageQuery> secondQueries = scenario.queriesOf(second);
        for (int i = 0; i < firstQueries.size(); i++) {
            assertThat(readings(secondQueries.get(i)))
                    .as("%s", firstQueries.get(i))
                    .isEqualTo(readings(firstQueries.get(i)));
        }
    }

    /** In an order of their own, and with numbers written in one way; or why there are none. */
    private List<String> readings(UsageQuery query) {
        try {
            return storage.events().usage().read(query).stream()
                    .map(reading -> reading.window() + " " + reading.subject() + " "
                            + reading.group() + " " + plain(reading.tally()))
                    .sorted()
                    .toList();
        } catch (ProblemException refused) {
            return List.of(refused.problem().code());
        }
    }

    private static String plain(Tally tally) {
        return tally.events() + " " + tally.values() + " "
                + tally.number().stripTrailingZeros().toPlainString() + " " + tally.at() + " "
                + tally.firstMinute() + " " + tally.lastMinute();
    }

    private void live(Scenario scenario) {
        tries++;
        Namespace namespace = new Namespace("try-" + tries);
        MeterSample sample = scenario.meter().number(tries).in(namespace);
        Map<EventKey, Event> kept = new LinkedHashMap<>();
        Set<EventKey> known = new HashSet<>();
        Optional<Meter> meter = Optional.empty();

        Horizon horizon = storage.events().retention().horizon();
        Instant dataFrom = horizon.moment();

        for (int step = 0; step <= scenario.batches().size(); step++) {
            if (step == scenario.defineBefore()) {
                meter = Optional.of(driver.define(sample));
                dataFrom = horizon.moment();
            }
            if (step == scenario.relabelBefore()) {
                meter = Optional.of(driver.redefine(sample.dimensions(scenario.relabelled())));
                dataFrom = horizon.moment();
            }
            if (step == scenario.forgetBefore()) {
                horizon = storage.events().retention().raise(new Horizon(scenario.horizon()));
            }
            if (step == scenario.eraseBefore()) {
                storage.events().erasure().erase(namespace, ERASED);
                kept.values().removeIf(event -> event.subject().equals(ERASED));
            }
            if (step < scenario.batches().size()) {
                send(namespace, scenario.batches().get(step), horizon, kept, known);
            }
        }

        List<UsageQuery> queries = scenario.queriesOf(meter.orElseThrow());
        Collection<Event> counted = notBefore(dataFrom, kept.values());
        agree(queries, horizon, counted);
        driver.finishBuilds();
        agree(queries, horizon, counted);
        agree(queries, storage.events().retention().raise(laterBy(horizon, scenario)), counted);
        if (scenario.forgets() || tries % 25 == 0) { // Else ever more would be verified again.
            assertThat(storage.events().verification().verify().differences()).isEmpty();
        }
    }

    /** Without those that are too old, which would refuse the whole batch. */
    private void send(
            Namespace namespace,
            List<Event> batch,
            Horizon horizon,
            Map<EventKey, Event> kept,
            Set<EventKey> known) {
        List<Event> young =
                batch.stream().filter(event -> !horizon.isAfter(event.time())).toList();
        if (young.size() < batch.size()) {
            assertThatThrownBy(() -> driver.send(namespace, batch))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("event-too-old");
        }
        driver.send(namespace, young);
        for (Event event : young) {
            if (known.add(event.key())) {
                kept.put(event.key(), event);
            }
        }
    }

    /** What is forgotten after it has been counted changes no answer. */
    private static Horizon laterBy(Horizon horizon, Scenario scenario) {
        return !scenario.forgets() || scenario.forgetBefore() % 2 == 0
                ? horizon
                : horizon.or(new Horizon(scenario.horizon()));
    }

    private static Collection<Event> notBefore(Instant from, Collection<Event> events) {
        return events.stream().filter(event -> !event.time().isBefore(from)).toList();
    }

    @Provide
    final Arbitrary<Scenario> scenarios() {
        return Scenarios.any();
    }

    private void agree(List<UsageQuery> queries, Horizon horizon, Collection<Event> events) {
        for (UsageQuery query : queries) {
            Optional<List<UsageRow>> expected = expected(query, horizon, events);
            if (expected.isPresent()) {
                agree(query, expected.get(), horizon, events);
            } else {
                assertThat(refusal(query)).as("%s", query).isIn(REFUSALS);
            }
        }
    }

    private void agree(
            UsageQuery query, List<UsageRow> expected, Horizon horizon, Collection<Event> events) {
        try {
            assertThat(driver.answer(query)).as("%s", query).isEqualTo(expected);
        } catch (ProblemException refused) {
            assertThat(refused.problem().code()).as("%s", query).isIn(REFUSALS);
            assertThat(expected(unrestricted(query), horizon, events))
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

    /** What the domain answers; empty if it refuses. */
    private static Optional<List<UsageRow>> expected(
            UsageQuery query, Horizon horizon, Collection<Event> events) {
        try {
            horizon.requireKnown(query);
            horizon.requireKnown(query, Usage.windows(query, events));
            return Optional.of(StorageDriver.plain(Usage.of(query, events)));
        } catch (ProblemException refused) {
            assertThat(refused.problem().code()).isIn(REFUSALS);
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
