package io.meterport.adapters.sqlite;

import static io.meterport.application.spi.Samples.NOON;
import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.only;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.Refusals;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.QuerySample;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.WindowSize;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would have to read too many events one by one is refused before it is begun. */
class SqliteBudgetTest {
    private static final int BUDGET = 50;
    private static final Filter ANY = new Filter.Any();

    @TempDir
    private Path folder;

    private WholeStorage storage;
    private StorageDriver driver;
    private Meter users;
    private Meter calls;

    @BeforeEach
    void fill() {
        storage = WholeStorage.of(SqliteStorage.open(
                SqliteOptions.of(
                        Map.of("path", folder.toString(), "raw-budget", String.valueOf(BUDGET))),
                InstantSource.system()));
        driver = new StorageDriver(storage);
        users = driver.define(meter("users").number(1).uniqueCount());
        calls = driver.define(meter("calls").number(2));
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 2 * BUDGET; i++) {
            events.add(event("id-" + i)
                    .of(i % 4 == 0 ? "bob" : "alice")
                    .at(NOON.plusSeconds(i))
                    .with("value", i % 7)
                    .event());
        }
        driver.send(Namespace.DEFAULT, events);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void refusesDistinctValuesByTheMinuteOfTooManyEvents() {
        QuerySample minutes = query(users).by(WindowSize.MINUTE);

        assertThat(problem(minutes).code()).isEqualTo("too-many-events");
        assertThat(problem(minutes)).isInstanceOf(Problem.Invalid.class);
        assertThat(problem(query(users).to(NOON.plusSeconds(1_800)).apart()).code())
                .isEqualTo("too-many-events");
    }

    @Test
    void answersWhatIsWithinTheBudget() {
        assertThat(values(query(users))).containsExactly("7");
        assertThat(values(query(users).by(WindowSize.HOUR))).containsExactly("7");
        assertThat(values(query(users).by(WindowSize.MINUTE).whose(only("bob"))))
                .containsExactly("7", "7");
        assertThat(values(query(users).to(NOON.plusSeconds(3)))).containsExactly("3");
        assertThat(values(query(calls).by(WindowSize.MINUTE))).containsExactly("60", "40");
    }

    @Test
    void refusesARaggedEdgeOfTooManyEvents() {
        List<Event> more = new ArrayList<>();
        for (int i = 0; i <= BUDGET; i++) {
            more.add(event("more-" + i).at(NOON.plusSeconds(7_200)).event());
        }
        driver.send(Namespace.DEFAULT, more);

        assertThat(problem(query(calls).to(NOON.plusSeconds(7_201))).code())
                .isEqualTo("too-many-events");
        assertThat(values(query(calls).to(NOON.plusSeconds(7_260)))).containsExactly("151");
    }

    @Test
    void refusesAListThatHasToLookThroughTooManyEvents() {
        EventQuery byId = list(Filter.eq("id-3"), ANY);
        EventQuery byIdAndSubject = list(Filter.eq("id-4"), Filter.eq("bob"));

        assertThat(Refusals.codeOf(() -> storage.events().history().list(byId)))
                .isEqualTo("too-many-events");
        assertThat(storage.events().history().list(byIdAndSubject)).hasSize(1);
        assertThat(storage.events().history().list(list(ANY, ANY))).hasSize(10);
    }

    private Problem problem(QuerySample query) {
        return Refusals.problemOf(() -> driver.rows(query.query()));
    }

    private List<String> values(QuerySample query) {
        return driver.rows(query.query()).stream()
                .map(UsageRow::value)
                .map(value -> value.stripTrailingZeros().toPlainString())
                .toList();
    }

    private static EventQuery list(Filter id, Filter subject) {
        return new EventQuery(
                Namespace.DEFAULT,
                id,
                ANY,
                subject,
                ANY,
                new TimeFilter.Any(),
                new TimeFilter.Any(),
                Optional.empty(),
                10);
    }
}
