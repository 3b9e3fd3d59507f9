package io.meterport.application.spi;

import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.UsageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Two storages that are told the same answer the same: the same events in the same batches, meters
 * defined before, between or after them, dimensions that change, a subject that is erased, then
 * random queries, while old events are being counted and afterwards.
 */
public final class StoresAgreement {
    private static final String TOO_MANY = "too-many-windows";
    private static final int SIZE = 1_000;

    /**
     * What came of it.
     *
     * @param queries how many were asked of both
     * @param refused how many of them one refused or both, because of too many windows
     * @param differences those that were answered differently
     */
    public record Result(long queries, long refused, List<String> differences) {}

    private final WholeStorage one;
    private final WholeStorage other;
    private final StorageDriver first;
    private final StorageDriver second;
    private final List<String> differences = new ArrayList<>();
    private long queries;
    private long refused;

    public StoresAgreement(WholeStorage one, WholeStorage other) {
        this.one = one;
        this.other = other;
        this.first = new StorageDriver(one);
        this.second = new StorageDriver(other);
    }

    /**
     * Goes on until so many queries have been asked or one is answered differently.
     *
     * @param each the most queries about the same events, asked twice: filling costs more than asking
     */
    public Result run(long wanted, int each, long seed) {
        Random random = new Random(seed);
        JqwikSession.run(() -> {
            RandomGenerator<Scenario> scenarios = Scenarios.any(each).generator(SIZE);
            for (int tries = 1; queries < wanted && differences.isEmpty(); tries++) {
                live(scenarios.next(random).value(), tries);
            }
        });
        return new Result(queries, refused, List.copyOf(differences));
    }

    private void live(Scenario scenario, int number) {
        Namespace namespace = new Namespace("try-" + number);
        MeterSample sample = scenario.meter().number(number).in(namespace);
        Meter meter = sample.meter();
        for (int step = 0; step <= scenario.batches().size(); step++) {
            if (step == scenario.defineBefore()) {
                meter = first.define(sample);
                second.define(sample);
            }
            if (step == scenario.relabelBefore()) {
                meter = first.redefine(sample.dimensions(scenario.relabelled()));
                second.redefine(sample.dimensions(scenario.relabelled()));
            }
            if (step == scenario.eraseBefore()) {
                SubjectKey erased = new SubjectKey("bob");
                note(
                        "erased events",
                        one.events().erasure().erase(namespace, erased),
                        other.events().erasure().erase(namespace, erased));
            }
            if (step < scenario.batches().size()) {
                note(
                        "new events",
                        first.send(namespace, scenario.batches().get(step)),
                        second.send(namespace, scenario.batches().get(step)));
            }
        }
        List<UsageQuery> asked = scenario.queriesOf(meter);
        asked.forEach(this::compare);
        first.finishBuilds();
        second.finishBuilds();
        asked.forEach(this::compare);
    }

    private void compare(UsageQuery query) {
        queries++;
        List<String> these = answer(first, query);
        List<String> those = answer(second, query);
        if (these.equals(List.of(TOO_MANY)) || those.equals(List.of(TOO_MANY))) {
            refused++; // A store may clip a range to the data without looking at filters.
        } else {
            note(query.toString(), these, those);
        }
    }

    private void note(String what, Object these, Object those) {
        if (!these.equals(those)) {
            differences.add(what + ": " + these + " but " + those);
        }
    }

    private static List<String> answer(StorageDriver driver, UsageQuery query) {
        try {
            return driver.answer(query).stream().map(Object::toString).toList();
        } catch (ProblemException e) {
            return List.of(e.problem().code());
        }
    }
}
