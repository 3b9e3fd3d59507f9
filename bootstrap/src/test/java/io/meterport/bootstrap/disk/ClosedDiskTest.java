package io.meterport.bootstrap.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.bench.RawConnection;
import io.meterport.bootstrap.bench.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * R5: a disk that lets nothing be written, or no file be made: the start is refused with a sentence,
 * or what is running says 503, and with the disk as it should be all goes on.
 */
@Tag("profile")
class ClosedDiskTest {
    private static final String EVENT = """
            {"specversion":"1.0","source":"disk","id":"%s","type":"prompt",\
            "subject":"acme","time":"2026-11-20T09:00:00Z","data":{}}""";

    @TempDir
    private Path folder;

    @Test
    void refusesToStartOnAReadOnlyFileSystemAndStartsOnceItIsWritable() throws Exception {
        try (Mount disk = Mount.at(folder.resolve("disk"), "size=64m")) {
            Path data = folder.resolve("disk").resolve("data");
            start(data, "1");
            disk.remount("ro");

            ServeAttempt refused = ServeAttempt.on(data);

            assertThat(refused.code()).as(refused.said()).isEqualTo(1);
            assertThat(refused.said()).contains("meterport: ").containsIgnoringCase("read-only");
            disk.remount("rw");
            start(data, "2");
        }
    }

    @Test
    void refusesToStartWhereNoFileCanBeMadeAndStartsOnceItCan() throws Exception {
        try (Mount disk = Mount.at(folder.resolve("disk"), "size=64m,nr_inodes=40")) {
            Path data = folder.resolve("disk").resolve("data");
            start(data, "1");
            disk.useUpFiles();

            ServeAttempt refused = ServeAttempt.on(data);

            assertThat(refused.code()).as(refused.said()).isEqualTo(1);
            assertThat(refused.said()).contains("meterport: ");
            disk.remount("nr_inodes=1000");
            start(data, "2");
        }
    }

    @Test
    void goesOnWithoutABackupWhereNoFileCanBeMade() throws Exception {
        try (Mount disk = Mount.at(folder.resolve("disk"), "size=64m,nr_inodes=40")) {
            Path data = folder.resolve("disk").resolve("data");
            try (ServerProcess server = started(data)) {
                disk.useUpFiles();

                int backup =
                        post(server, "/api/v1/backups", "application/json", "{\"name\":\"b.db\"}");
                int event = post(
                        server,
                        "/api/v1/events",
                        "application/cloudevents+json",
                        EVENT.formatted("1"));

                assertThat(backup).isEqualTo(503);
                assertThat(event).isEqualTo(204);
                disk.remount("nr_inodes=1000");
                assertThat(post(
                                server,
                                "/api/v1/backups",
                                "application/json",
                                "{\"name\":\"b.db\"}"))
                        .isEqualTo(201);
                assertThat(files(data.resolve("backups"))).isEqualTo(1);
            }
        }
    }

    @Test
    void refusesToStartInAFolderOfAnotherOwner() throws Exception {
        Path data = Files.createDirectory(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setAttribute(data, "unix:uid", 65_534);

        // Without what lets root into everything.
        ServeAttempt refused = ServeAttempt.on(
                data, "setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner");

        assertThat(refused.code()).as(refused.said()).isEqualTo(1);
        assertThat(refused.said()).contains("meterport: ").contains(data.toString());
        assertThat(files(data)).isZero();
    }

    private static void start(Path data, String id) throws IOException {
        try (ServerProcess server = started(data)) {
            assertThat(post(
                            server,
                            "/api/v1/events",
                            "application/cloudevents+json",
                            EVENT.formatted(id)))
                    .isEqualTo(204);
        }
    }

    private static ServerProcess started(Path data) throws IOException {
        Files.createDirectories(data);
        return ServerProcess.start(data);
    }

    private static int post(ServerProcess server, String path, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (RawConnection connection = new RawConnection(server.port())) {
            return connection.exchange(RawConnection.post(path, server.key(), type, bytes));
        }
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
