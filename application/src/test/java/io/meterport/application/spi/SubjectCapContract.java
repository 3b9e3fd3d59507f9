package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.OTHER;
import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.application.Refusals;
import io.meterport.application.Threat;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flood of subjects is noticed, and meets its cap if there is one. */
public abstract class SubjectCapContract {
    private static final String TOO_MANY = "too-many-subjects";

    private WholeStorage storage;
    private StorageDriver driver;

    /**
     * Opens the storage of that name, which keeps what it had when it was open before.
     *
     * @param options in its own section, beside those that say where it is
     */
    protected abstract WholeStorage open(String name, Map<String, String> options);

    /** The package that warns the operator. */
    protected abstract String logger();

    @AfterEach
    void close() {
        if (storage != null) {
            storage.close();
        }
    }

    @Threat("E23")
    @Test
    void refusesABatchThatBringsASubjectTooManyAndStoresNothingOfIt() {
        reopen("refusing", "2");
        Meter total = driver.define(meter("requests"));
        driver.send(sample("a", "one"), sample("b", "two"));

        assertThatThrownBy(() -> driver.send(sample("c", "one"), sample("d", "three")))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.problem().code()).isEqualTo(TOO_MANY);
                    assertThat(((Problem.Invalid) refusal.problem())
                                    .violations()
                                    .getFirst()
                                    .field())
                            .isEqualTo("/1/subject");
                });

        assertThat(count(total)).isEqualTo(2);
        assertThat(driver.send(sample("c", "one"))).isEqualTo(1);
        assertThat(driver.send(sample("e", "two").type("another")))
                .as("a subject counts once, whatever its events are of")
                .isEqualTo(1);
        assertThat(driver.send(sample("a", "nine")))
                .as("one that is known already brings nothing")
                .isZero();
        assertThat(driver.send(sample("f", "two"), sample("f", "eight")))
                .as("of equal keys the first counts")
                .isEqualTo(1);
        assertThat(storage.events().history().mostSubjects()).isEqualTo(2);
    }

    @Threat("E23")
    @Test
    void refusesWhatOneBatchAloneBringsTooMany() {
        reopen("at-once", "2");

        assertThat(Refusals.codeOf(() ->
                        driver.send(sample("a", "one"), sample("b", "two"), sample("c", "three"))))
                .isEqualTo(TOO_MANY);

        assertThat(storage.events().history().mostSubjects()).isZero();
        assertThat(driver.send(sample("a", "one"), sample("b", "two"))).isEqualTo(2);
    }

    @Threat("E23")
    @Test
    void countsEachNamespaceForItself() {
        reopen("namespaces", "2");
        driver.send(sample("a", "one"), sample("b", "two"));

        assertThat(send(OTHER, sample("a", "three"))).isEqualTo(1);
        assertThat(send(OTHER, sample("b", "four"))).isEqualTo(1);
        assertThat(Refusals.codeOf(() -> send(OTHER, sample("c", "one")))).isEqualTo(TOO_MANY);
        assertThat(storage.events().history().mostSubjects()).isEqualTo(2);
    }

    @Threat("E23")
    @Test
    void countsOnAfterItWasOpenedAnewWithAnotherCapOrNone() {
        reopen("reopened", "0");
        driver.send(sample("a", "one"), sample("b", "two"), sample("c", "three"));
        reopen("reopened", "2");

        assertThat(Refusals.codeOf(() -> driver.send(sample("d", "four")))).isEqualTo(TOO_MANY);
        assertThat(driver.send(sample("d", "three"))).isEqualTo(1);
        reopen("reopened", "4");
        assertThat(driver.send(sample("e", "four"))).isEqualTo(1);
        assertThat(Refusals.codeOf(() -> driver.send(sample("f", "five")))).isEqualTo(TOO_MANY);
    }

    @Threat("E23")
    @Test
    void hasRoomAgainForEachSubjectThatIsErased() {
        reopen("erased", "2");
        driver.send(sample("a", "one"), sample("b", "two"), sample("c", "two").type("another"));
        storage.events().erasure().erase(Namespace.DEFAULT, new SubjectKey("two"));
        storage.events().erasure().erase(Namespace.DEFAULT, new SubjectKey("nobody"));

        assertThat(storage.events().history().mostSubjects()).isEqualTo(1);
        assertThat(driver.send(sample("d", "three"))).isEqualTo(1);
        assertThat(Refusals.codeOf(() -> driver.send(sample("e", "two")))).isEqualTo(TOO_MANY);
    }

    @Threat("E23")
    @Test
    void letsExactlyAsManyInWhenManyComeAtOnce() throws Exception {
        reopen("crowd", "20");
        Meter total = driver.define(meter("requests"));

        long stored = 0;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int sender = 0; sender < 60; sender++) {
                EventSample one = sample("e" + sender, "s" + sender);
                sent.add(senders.submit((Callable<Integer>) () -> accepted(one)));
            }
            for (Future<Integer> each : sent) {
                stored += each.get();
            }
        }

        assertThat(stored).isEqualTo(20);
        assertThat(count(total)).isEqualTo(20);
        assertThat(storage.events().history().mostSubjects()).isEqualTo(20);
    }

    @Threat("E23")
    @Test
    void warnsOfManySubjectsAndAgainWhenTheyHaveDoubled() {
        List<String> warnings = new ArrayList<>();
        Handler collecting = new Handler() {
            @Override
            public void publish(LogRecord line) {
                warnings.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(logger());
        logger.addHandler(collecting);
        try {
            open(Map.of("warn-subjects", "10"), "warned");
            for (int i = 0; i < 45; i++) {
                driver.send(sample("e" + i, "s" + i), sample("f" + i, "s" + i).type("another"));
            }
        } finally {
            logger.removeHandler(collecting);
        }

        assertThat(warnings).hasSize(3);
        assertThat(warnings).allMatch(line -> line.startsWith("WARNING The namespace default has"));
    }

    private int accepted(EventSample sample) {
        try {
            return driver.send(sample);
        } catch (ProblemException refusal) {
            assertThat(refusal.problem().code()).isEqualTo(TOO_MANY);
            return 0;
        }
    }

    private int send(Namespace namespace, EventSample sample) {
        Event event = sample.event();
        return driver.send(namespace, List.of(event));
    }

    private long count(Meter meter) {
        return driver.answer(query(meter).query()).stream()
                .mapToLong(row -> row.value().longValueExact())
                .sum();
    }

    private static EventSample sample(String id, String subject) {
        return event(id).of(subject);
    }

    private void reopen(String name, String most) {
        open(Map.of("most-subjects", most), name);
    }

    private void open(Map<String, String> options, String name) {
        close();
        storage = open(name, options);
        driver = new StorageDriver(storage);
    }
}
