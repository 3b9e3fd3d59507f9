package io.meterport.adapters.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.meter.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each step to a newer layout, killed after each of its statements, on real files. */
class MigrationsTest {
    @TempDir
    private Path home;

    @TestFactory
    Stream<DynamicTest> aStepKilledAfterAnyStatementIsCompletedByTheNextStart() {
        return IntStream.rangeClosed(1, Steps.ALL.size()).boxed().flatMap(this::killed);
    }

    @Test
    void aFileThatANewerProgramWroteIsRefusedAndLeftAsItIs() throws SQLException {
        SqliteOptions options = SqliteOptions.at(home.resolve("newer"));
        int newer = Steps.ALL.size() + 1;
        SqliteStorage.open(options, InstantSource.fixed(Samples.NOON)).close();
        Path file = DatabaseFile.place(options.path());
        try (Session session = Settings.writer(options).connect(file)) {
            session.handle().execute("pragma user_version = " + newer);
        }

        assertThatThrownBy(() -> SqliteStorage.open(options, InstantSource.system()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The database has layout " + newer
                        + ", but this Meterport knows only layouts up to "
                        + Steps.ALL.size()
                        + "; run the newer Meterport that wrote it.");
        try (Session session = Settings.writer(options).connect(file)) {
            assertThat(Migrations.layout(session)).isEqualTo(newer);
        }
    }

    private Stream<DynamicTest> killed(int step) {
        String name = Steps.ALL.get(step - 1);
        int statements = statements(step).size();
        // One more than there are: after the number of the layout, and before the commit.
        return IntStream.rangeClosed(0, statements + 1)
                .mapToObj(done -> DynamicTest.dynamicTest(
                        name + " killed after " + done + " statements",
                        () -> requireCompleted(step, done)));
    }

    private void requireCompleted(int step, int done) throws SQLException, IOException {
        Path before = Files.createDirectories(home.resolve(step + "-" + done));
        Path killed = Files.createDirectories(home.resolve(step + "-" + done + "-killed"));
        SqliteOptions options = SqliteOptions.at(before);
        try (Session session = Settings.writer(options).connect(DatabaseFile.place(before))) {
            for (int earlier = 1; earlier < step; earlier++) {
                run(session, earlier, Integer.MAX_VALUE);
                session.commit();
            }
            run(session, step, done);
            copy(before, killed); // What a killed process leaves behind.
        }

        try (SqliteStorage storage =
                SqliteStorage.open(SqliteOptions.at(killed), InstantSource.fixed(Samples.NOON))) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            Meter meter = driver.define(Samples.meter("requests"));
            driver.send(Samples.event("1"), Samples.event("2"));

            assertThat(driver.rows(Samples.query(meter).query()).getFirst().value())
                    .isEqualByComparingTo("2");
            assertThat(storage.verification().verify().differences()).isEmpty();
        }
    }

    private static void run(Session session, int step, int most) throws SQLException {
        List<String> statements = statements(step);
        session.beginWriting();
        for (String statement : statements.subList(0, Math.min(most, statements.size()))) {
            session.handle().execute(statement);
        }
        if (most > statements.size()) {
            session.handle().execute("pragma user_version = " + step);
        }
    }

    private static List<String> statements(int step) {
        try (Handle handle = Jdbi.create("jdbc:sqlite::memory:").open()) {
            return handle.createScript(Steps.text(step)).getStatements();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }
}
