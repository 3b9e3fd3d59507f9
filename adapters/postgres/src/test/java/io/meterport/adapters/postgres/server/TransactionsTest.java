package io.meterport.adapters.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.postgres.TestServer;
import io.meterport.application.spi.Together;
import io.meterport.domain.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private static final String ADD = "update account set amount = amount + 1 where id = ?";

    private final TestServer server = TestServer.shared();
    private final String database = server.newDatabase();
    private Pool pool;

    @BeforeEach
    void open() {
        server.execute(database, "create table account (id int primary key, amount int not null)");
        server.execute(database, "insert into account values (1, 0), (2, 0)");
        pool = Pool.open(PostgresOptions.of(server.options(database)));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void triesAgainWhenTwoWaitForEachOther() {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();

        Together.run(
                2,
                thread -> pool.transactions().write(handle -> {
                    handle.execute(ADD, 1 + thread);
                    if (attempts.incrementAndGet() <= 2) {
                        await(bothHoldOne);
                    }
                    return handle.execute(ADD, 2 - thread);
                }));

        assertThat(amounts()).containsExactly(2, 2);
        assertThat(attempts.get()).isGreaterThan(2);
    }

    @Test
    void undoesAllOfWhatFails() {
        assertThatThrownBy(() -> pool.transactions().write(handle -> {
                    handle.execute(ADD, 1);
                    throw new IllegalArgumentException("on purpose");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("on purpose");

        assertThat(amounts()).containsExactly(0, 0);
    }

    @Test
    void seesOneStateWhileItReads() {
        List<Integer> seen = pool.transactions().read(handle -> {
            int before = amount(handle.getConnection());
            pool.transactions().write(other -> other.execute(ADD, 1));
            return List.of(before, amount(handle.getConnection()));
        });

        assertThat(seen).containsExactly(0, 0);
        assertThat(amounts()).containsExactly(1, 0);
    }

    @Test
    void cannotWriteWhileItReads() {
        assertThatThrownBy(() -> pool.transactions().read(handle -> handle.execute(ADD, 1)))
                .isInstanceOf(ProblemException.class);

        assertThat(amounts()).containsExactly(0, 0);
    }

    @Test
    void stopsAQueryAtItsDeadline() {
        Map<String, String> options = new HashMap<>(server.options(database));
        options.put("query-timeout", "1s");
        try (Pool impatient = Pool.open(PostgresOptions.of(options))) {
            assertThatThrownBy(() -> impatient
                            .transactions()
                            .read(handle -> handle.execute("select pg_sleep(60)")))
                    .hasMessageContaining("query-timeout");
            assertThatThrownBy(() -> impatient
                            .transactions()
                            .readOnce(handle -> handle.execute("select pg_sleep(60)")))
                    .hasMessageContaining("query-timeout");
        }
    }

    /** Else a node that was suspended while it revoked would hold up every other. */
    @Test
    void cutsOffANodeThatStandsStillInATransaction() {
        CountDownLatch goesOn = new CountDownLatch(1);
        CountDownLatch holds = new CountDownLatch(1);

        List<Boolean> stored = Together.run(2, thread -> {
            if (thread == 0) {
                return isStored(() -> pool.transactions().write(handle -> {
                    handle.execute(ADD, 1);
                    holds.countDown();
                    await(goesOn);
                    return handle.execute(ADD, 1);
                }));
            }
            await(holds);
            boolean done =
                    isStored(() -> pool.transactions().write(handle -> handle.execute(ADD, 1)));
            goesOn.countDown();
            return done;
        });

        assertThat(stored.get(1)).isTrue();
        assertThat(amounts().getFirst()).isEqualTo(stored.get(0) ? 3 : 1);
    }

    @Test
    void saysThatItDoesNotKnowWhenTheAnswerToACommitIsLost() throws Exception {
        server.execute(database, """
                create function sleep() returns trigger language plpgsql as
                $$ begin perform pg_sleep(60); return null; end $$""");
        server.execute(database, """
                create constraint trigger slow after update on account
                deferrable initially deferred for each row execute function sleep()""");

        List<Boolean> answers = Together.run(2, thread -> {
            if (thread == 1) {
                return cutSleeper();
            }
            assertThatThrownBy(() -> pool.transactions().write(handle -> handle.execute(ADD, 1)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("outcome-unknown");
            return true;
        });

        assertThat(answers).containsOnly(true);
    }

    @Test
    void isUnavailableWhileTheServerIsGoneAndWorksWhenItIsBack() {
        try (TestServer mortal = TestServer.start();
                Pool other = Pool.open(PostgresOptions.of(mortal.options("postgres")))) {
            mortal.kill();

            assertThatThrownBy(
                            () -> other.transactions().write(handle -> handle.execute("select 1")))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("storage-unavailable");

            mortal.resume();
            int answer = other.transactions()
                    .readOnce(handle ->
                            handle.createQuery("select 7").mapTo(int.class).one());
            assertThat(answer).isEqualTo(7);
        }
    }

    @Test
    void saysInASentenceWhyItCannotConnect() {
        Map<String, String> wrong = new HashMap<>(server.options(database));
        wrong.put("password", "hush-hush");

        assertThatThrownBy(() -> Pool.open(PostgresOptions.of(wrong)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("hush-hush");
    }

    /** Ends the connection that commits, once it does. */
    private boolean cutSleeper() throws SQLException {
        String cut = """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and wait_event = 'PgSleep'""";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                if (statement.executeQuery(cut).next()) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isStored(Callable<?> writing) throws Exception {
        try {
            writing.call();
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            var _ = latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int amount(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select amount from account where id = 1")) {
            row.next();
            return row.getInt(1);
        }
    }

    private List<Integer> amounts() {
        return pool.transactions()
                .read(handle -> handle.createQuery("select amount from account order by id")
                        .mapTo(Integer.class)
                        .list());
    }
}
