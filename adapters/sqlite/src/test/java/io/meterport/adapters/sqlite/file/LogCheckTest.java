package io.meterport.adapters.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that SQLite wrote, as a killed process leaves them, and then changed by hand. */
class LogCheckTest {
    private static final int HEADER = 32;
    private static final int FRAME = 24 + 4_096;
    private static final int TRANSACTIONS = 4;
    /** What a disk writes whole or not at all. */
    private static final int PIECE = 512;

    @TempDir
    private Path home;

    private Path log;
    private Path left;
    private byte[] sound;
    private int lastTransaction;

    @BeforeEach
    void write() throws IOException, SQLException {
        SqliteOptions options = SqliteOptions.at(home.resolve("data"));
        log = home.resolve("log");
        left = home.resolve("left");
        try (DatabaseFile file = DatabaseFile.open(options);
                Session session = file.writer()) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                lastTransaction = Files.exists(file.log()) ? (int) Files.size(file.log()) : HEADER;
                insert(session, i);
            }
            sound = Files.readAllBytes(file.log());
            Files.createDirectory(left);
            Files.copy(home.resolve("data").resolve("meterport.db"), left.resolve("meterport.db"));
        }
    }

    @Test
    void findsNothingWhereThereIsNoLog() throws IOException {
        assertThat(LogCheck.hidesCommits(home.resolve("none"))).isFalse();
    }

    @Test
    void findsNothingInALogThatWasCutAnywhere() throws IOException {
        for (int length = 0; length < sound.length; length += 509) {
            Files.write(log, Arrays.copyOf(sound, length));

            assertThat(LogCheck.hidesCommits(log)).as("cut to %d bytes", length).isFalse();
        }
    }

    @Test
    void findsNothingWhereTheLastTransactionLacksAPiece() throws IOException {
        for (int at = lastTransaction / 512 * 512 + 512; at < sound.length; at += 512) {
            byte[] torn = sound.clone();
            Arrays.fill(torn, at, Math.min(at + 512, sound.length), (byte) 0);
            Files.write(log, torn);

            assertThat(LogCheck.hidesCommits(log)).as("torn at %d", at).isFalse();
        }
    }

    /** One that was cut off is written over by the next, and cut off again: pieces of all times. */
    @Test
    void findsNothingInWhatTwoTransactionsLeftThatWereCut() throws IOException, SQLException {
        byte[] first = with(8);
        byte[] second = with(3);
        Random random = new Random(5);
        for (int tries = 0; tries < 2_000; tries++) {
            byte[] torn = Arrays.copyOf(sound, Math.max(first.length, second.length));
            for (int at = sound.length; at < torn.length; at = at / PIECE * PIECE + PIECE) {
                byte[] survived = random.nextInt(3) == 0 ? first : second;
                int end = Math.min(at / PIECE * PIECE + PIECE, survived.length);
                if (random.nextInt(4) != 0 && at < end) {
                    System.arraycopy(survived, at, torn, at, end - at);
                }
            }
            Files.write(log, torn);

            assertThat(LogCheck.hidesCommits(log)).as("try %d", tries).isFalse();
        }
    }

    /**
     * The end of the one before it, and what that is known by in the frame before, are as much as the
     * last transaction is: nothing sound behind them says that they were on the disk.
     */
    @Test
    void findsEveryChangedByteBeforeTheEndOfTheTransactionBeforeTheLast() throws IOException {
        int end = lastTransaction - FRAME;
        int sum = end - FRAME + 16;
        for (int at = 0; at < end; at += at < HEADER + 24 ? 1 : 61) {
            if (at >= sum && at < sum + 8) {
                continue;
            }
            byte[] changed = sound.clone();
            changed[at] ^= 0x10;
            Files.write(log, changed);

            assertThat(LogCheck.hidesCommits(log)).as("changed at %d", at).isTrue();
        }
    }

    @Test
    void findsNothingWhereALogWasBegunAnewOverAnOlderOne() throws IOException, SQLException {
        SqliteOptions options = SqliteOptions.at(home.resolve("anew"));
        try (DatabaseFile file = DatabaseFile.open(options);
                Session session = file.writer()) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                insert(session, i);
            }
            long whole = Files.size(file.log());
            try (ResultSet done =
                    session.prepare("pragma wal_checkpoint(restart)").executeQuery()) {
                assertThat(done.next()).isTrue();
            }
            insert(session, TRANSACTIONS);

            assertThat(file.log()).hasSize(whole);
            assertThat(LogCheck.hidesCommits(file.log())).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, HEADER + 5, HEADER + FRAME + 100})
    void refusesToOpenAFileWhoseLogIsDamaged(int at) throws IOException {
        Path data = Files.createDirectory(home.resolve("damaged"));
        byte[] changed = sound.clone();
        changed[at] ^= 1;
        Files.copy(left.resolve("meterport.db"), data.resolve("meterport.db"));
        Files.write(data.resolve("meterport.db-wal"), changed);

        assertThatThrownBy(() -> DatabaseFile.open(SqliteOptions.at(data)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was changed after it was written");
        assertThat(Files.readAllBytes(data.resolve("meterport.db-wal"))).isEqualTo(changed);
    }

    /** The log with one transaction more, of so many rows. */
    private byte[] with(int rows) throws IOException, SQLException {
        Path data = Files.createDirectory(home.resolve("with-" + rows));
        Files.copy(left.resolve("meterport.db"), data.resolve("meterport.db"));
        Files.write(data.resolve("meterport.db-wal"), sound);
        try (DatabaseFile file = DatabaseFile.open(SqliteOptions.at(data));
                Session session = file.writer()) {
            session.beginWriting();
            for (int i = 0; i < rows; i++) {
                row(session, 100 * rows + i);
            }
            session.commit();
            return Files.readAllBytes(file.log());
        }
    }

    private static void insert(Session session, int number) throws SQLException {
        session.beginWriting();
        row(session, number);
        session.commit();
    }

    private static void row(Session session, int number) {
        session.handle()
                .execute("insert into namespace (name) values (? || hex(zeroblob(9000)))", number);
    }
}
