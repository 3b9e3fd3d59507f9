package io.meterport.adapters.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {
    @TempDir
    private Path folder;

    @Test
    void liesInTheFolderOrWhereItsNameSays() {
        DatabaseFile.open(SqliteOptions.at(folder.resolve("data"))).close();
        DatabaseFile.open(SqliteOptions.at(folder.resolve("other.db"))).close();

        assertThat(folder.resolve("data/meterport.db")).isRegularFile();
        assertThat(folder.resolve("other.db")).isRegularFile();
    }

    @Test
    void canBeReadByItsOwnerOnly() throws Exception {
        DatabaseFile.open(SqliteOptions.at(folder.resolve("data"))).close();

        assertThat(rights("data")).isEqualTo("rwx------");
        assertThat(rights("data/meterport.db")).isEqualTo("rw-------");
    }

    @Test
    void refusesASecondUserWithASentence() {
        DatabaseFile first = DatabaseFile.open(SqliteOptions.at(folder));

        assertThatThrownBy(() -> DatabaseFile.open(SqliteOptions.at(folder)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is in use by another running Meterport");

        first.close();
        DatabaseFile.open(SqliteOptions.at(folder)).close();
    }

    @Test
    void refusesAFileOfANewerMeterport() throws Exception {
        try (DatabaseFile file = DatabaseFile.open(SqliteOptions.at(folder));
                Session session = file.writer()) {
            session.handle().execute("pragma user_version = 999");
        }

        assertThatThrownBy(() -> DatabaseFile.open(SqliteOptions.at(folder)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layout 999");
    }

    @Test
    void keepsWhatIsThereWhenItIsOpenedAgain() throws Exception {
        try (DatabaseFile file = DatabaseFile.open(SqliteOptions.at(folder));
                Session session = file.writer()) {
            session.handle().execute("insert into namespace (name) values ('kept')");
        }

        try (DatabaseFile file = DatabaseFile.open(SqliteOptions.at(folder));
                Session session = file.reader()) {
            assertThat(session.handle()
                            .select("select name from namespace")
                            .mapTo(String.class)
                            .list())
                    .containsExactly("kept");
        }
    }

    @Test
    void writesEveryCommitThrough() throws Exception {
        try (DatabaseFile file = DatabaseFile.open(SqliteOptions.at(folder));
                Session session = file.writer()) {
            assertThat(pragma(session, "synchronous")).isEqualTo("2");
            assertThat(pragma(session, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(session, "trusted_schema")).isEqualTo("0");
            assertThat(pragma(session, "mmap_size")).isEqualTo("0");
        }
    }

    @Test
    void letsReadersWriteNothing() throws Exception {
        try (DatabaseFile file = DatabaseFile.open(SqliteOptions.at(folder));
                Session session = file.reader()) {
            assertThatThrownBy(() -> session.handle().execute("delete from namespace"))
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void takesItsOptionsFromTexts() {
        SqliteOptions options = SqliteOptions.of(Map.of(
                "path", "x.db", "query-timeout", "250ms", "busy-timeout", "2s", "readers", "7"));

        assertThat(options.queryTimeout()).hasMillis(250);
        assertThat(options.busyTimeout()).hasSeconds(2);
        assertThat(options.readers()).isEqualTo(7);
        assertThat(options.rawBudget()).isEqualTo(200_000);
    }

    @Test
    void refusesOptionsThatAreUnknownOrWrong() {
        for (Map.Entry<String, String> wrong : List.of(
                Map.entry("reders", "4"),
                Map.entry("readers", "many"),
                Map.entry("readers", "0"),
                Map.entry("query-timeout", "5"))) {
            assertThatThrownBy(() ->
                            SqliteOptions.of(Map.of("path", "x", wrong.getKey(), wrong.getValue())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.getKey());
        }
        assertThatThrownBy(() -> SqliteOptions.of(Map.of())).hasMessageContaining("path");
    }

    private String rights(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }

    private static String pragma(Session session, String name) throws SQLException {
        return session.handle().select("pragma " + name).mapTo(String.class).one();
    }
}
