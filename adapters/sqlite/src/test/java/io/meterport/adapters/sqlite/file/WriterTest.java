package io.meterport.adapters.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.application.spi.CombinationCap;
import io.meterport.application.spi.SubjectCap;
import io.meterport.application.spi.Together;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class WriterTest {
    @TempDir
    private Path folder;

    private final Remembered remembered = new Remembered();
    private DatabaseFile file;
    private Readers readers;
    private Writer writer;

    @BeforeEach
    void open() {
        SqliteOptions usual = SqliteOptions.at(folder);
        file = DatabaseFile.open(new SqliteOptions(
                usual.path(),
                usual.busyTimeout(),
                8,
                2,
                Duration.ofMillis(300),
                0,
                2,
                CombinationCap.NONE,
                SubjectCap.NONE));
        readers = new Readers(file);
        writer = new Writer(file, readers, List.of(remembered), List.of());
    }

    @AfterEach
    void close() {
        writer.finish();
        readers.close();
        writer.close();
        file.close();
    }

    @Test
    void undoesAllOfAWritingThatFails() {
        assertThatThrownBy(() -> writer.inTurn(session -> {
                    session.handle().execute("insert into namespace (name) values ('half')");
                    throw new IllegalArgumentException("on purpose");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(names()).isEmpty();
        assertThat(remembered.ends).containsExactly("undone");
    }

    @Test
    void tellsMemoryOfACommitBeforeItAnswers() {
        add("one");

        assertThat(remembered.ends).containsExactly("committed");
        assertThat(names()).containsExactly("one");
    }

    @Test
    void goesOnAfterTheDiskWasFull() {
        add("before");

        assertUnavailable("storage-unavailable", this::fillTheDisk);

        assertThat(names()).containsExactly("before");
        add("after");
        assertThat(names()).containsExactly("before", "after");
    }

    @Test
    void readsMemoryAgainAfterTheDiskWasFull() {
        remembered.loads.set(0);

        assertUnavailable("storage-unavailable", this::fillTheDisk);
        add("after");

        assertThat(remembered.loads).hasValue(1);
    }

    @Test
    void readsMemoryAgainAfterAnyOtherFailure() {
        remembered.loads.set(0);

        assertUnavailable("storage-unavailable", this::breakTheConnection);
        add("after");

        assertThat(remembered.loads).hasValue(1);
    }

    @Test
    void keepsTheConnectionsOfReadersWhenTheDiskIsFull() {
        Session before = readers.read(session -> session);

        assertUnavailable("storage-unavailable", this::fillTheDisk);

        assertThat(readers.<Session>read(session -> session)).isSameAs(before);
    }

    @Test
    void closesTheConnectionsOfReadersAfterAnyOtherFailure() {
        Session before = readers.read(session -> session);

        assertUnavailable("storage-unavailable", this::breakTheConnection);

        assertThat(readers.<Session>read(session -> session)).isNotSameAs(before);
    }

    /** As on a disk that is full when a flush fails, and lets no connection be opened then. */
    @Test
    void goesOnHoweverOftenNoConnectionCouldBeOpened() {
        assertUnavailable("storage-unavailable", this::failTheDisk);
        remembered.failing = true;
        for (int tries = 0; tries < 5; tries++) {
            assertUnavailable("storage-unavailable", () -> add("refused"));
        }
        remembered.failing = false;

        add("after");

        assertThat(names()).containsExactly("after");
    }

    @Test
    void writesNoMoreAfterTheDiskFailedThreeTimesWithinAMinute() {
        for (int tries = 0; tries < 3; tries++) {
            assertUnavailable("storage-unavailable", this::failTheDisk);
        }

        assertUnavailable("storage-unavailable", () -> add("refused"));
        assertThat(names()).isEmpty();
    }

    /**
     * As a file system that is read-only for a while leaves it: the first connection maps the shared
     * memory for reading, and every other one would share that.
     */
    @Test
    void usesNoConnectionThatCanOnlyReadAndGoesOnAfterwards() throws Exception {
        add("before");
        assertUnavailable("storage-unavailable", this::breakTheConnection);
        Path database = folder.resolve("meterport.db");
        Files.createFile(folder.resolve("meterport.db-shm"));

        try (Connection other =
                DriverManager.getConnection("jdbc:sqlite:file:" + database + "?readonly_shm=1")) {
            other.createStatement().execute("select count(*) from namespace");
            assertUnavailable("storage-unavailable", this::names);
            assertUnavailable("storage-unavailable", () -> add("refused"));
        }

        add("after");
        assertThat(names()).containsExactly("before", "after");
    }

    @Test
    void movesNothingOfTheLogWhenAReaderIsOpened() throws Exception {
        add("one");
        long before = Files.size(folder.resolve("meterport.db"));

        assertThat(names()).containsExactly("one");

        try (Session session = file.reader();
                ResultSet log = session.prepare("pragma wal_checkpoint(noop)").executeQuery()) {
            assertThat(log.next()).isTrue();
            assertThat(log.getInt("log")).isPositive();
            assertThat(log.getInt("checkpointed")).isZero();
        }
        assertThat(folder.resolve("meterport.db")).hasSize(before);
    }

    @Test
    void letsUrgentWorkGoFirst() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());

        Together.run(3, thread -> {
            switch (thread) {
                case 0 ->
                    writer.inTurn(session -> {
                        running.countDown();
                        return awaited(go);
                    });
                case 1 -> {
                    running.await();
                    writer.submit(new Noted("ordinary", order));
                }
                default -> {
                    running.await();
                    Thread asking = Thread.ofPlatform()
                            .start(() -> writer.urgently(session -> order.add("urgent")));
                    while (asking.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    go.countDown();
                    asking.join();
                }
            }
            return thread;
        });
        add("last");

        assertThat(order).containsExactly("urgent", "ordinary");
    }

    @Test
    void stopsAQueryAtItsDeadlineAndReadsOn() {
        assertUnavailable(
                "query-timeout",
                () -> readers.read(session ->
                        session.handle().select("""
                        with recursive n(i) as (select 1 union all select i + 1 from n)
                        select count(*) from n""").mapTo(long.class).one()));

        add("after");
        assertThat(names()).containsExactly("after");
    }

    @Test
    void showsAReaderOneStateFromItsFirstStatementOn() {
        List<Long> counts = readers.read(session -> {
            long before = count(session);
            add("meanwhile");
            return List.of(before, count(session));
        });

        assertThat(counts).containsExactly(0L, 0L);
        assertThat(names()).containsExactly("meanwhile");
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES) // What is let in after the end is never answered.
    void refusesWhatComesAfterTheEnd() {
        writer.finish();

        assertUnavailable("overloaded", () -> add("late"));
    }

    private void add(String name) {
        writer.inTurn(session ->
                session.handle().execute("insert into namespace (name) values (?)", name));
    }

    /** What SQLite says of it is what a full disk makes it say. */
    private void fillTheDisk() {
        writer.inTurn(session -> {
            session.handle().execute("pragma max_page_count = 1");
            return session.handle()
                    .execute("insert into namespace (name) values (hex(zeroblob(1000000)))");
        });
    }

    private void failTheDisk() {
        writer.inTurn(session -> {
            throw broken();
        });
    }

    private static SQLException broken() {
        return new SQLiteException("on purpose", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
    }

    private void breakTheConnection() {
        writer.inTurn(session -> {
            throw new SQLException("nobody knows what happened");
        });
    }

    private List<String> names() {
        return readers.read(session -> session.handle()
                .select("select name from namespace order by id")
                .mapTo(String.class)
                .list());
    }

    private static long count(Session session) {
        return session.handle()
                .select("select count(*) from namespace")
                .mapTo(long.class)
                .one();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertUnavailable(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem())
                                .isInstanceOf(Problem.Unavailable.class)
                                .extracting(Problem::code)
                                .isEqualTo(code));
    }

    private static final class Remembered implements Kept {
        private final List<String> ends = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger loads = new AtomicInteger();
        private volatile boolean failing;

        @Override
        public void load(Session session) throws SQLException {
            loads.incrementAndGet();
            if (failing) {
                throw broken();
            }
        }

        @Override
        public void committed() {
            ends.add("committed");
        }

        @Override
        public void undone() {
            ends.add("undone");
        }
    }

    private record Noted(String name, List<String> order) implements Work {
        @Override
        public void run(Session session) {
            order.add(name);
        }

        @Override
        public void committed() {}

        @Override
        public void failed(RuntimeException why) {
            order.add("failed: " + why);
        }
    }
}
