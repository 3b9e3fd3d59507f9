package io.meterport.adapters.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The programs of a PostgreSQL, run by somebody who is not root. */
final class Programs {
    /** Ends the server too when this process ends, however it does: then its input comes to an end. */
    private static final String UNTIL_INPUT_ENDS =
            "\"$@\" </dev/null & server=$!; read -r signal; kill -\"${signal:-QUIT}\" $server; wait $server";

    private static final long MOST_SECONDS = 60;

    private static final class OfClassPath {
        static final Path FOLDER = unpack();
    }

    private final Path bin;
    private final Optional<String> other;

    private Programs(Path bin) {
        this.bin = bin;
        this.other = isRoot() ? Optional.of("nobody") : Optional.empty();
    }

    static Programs find() {
        return new Programs(Optional.ofNullable(System.getProperty("postgres.bin"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> OfClassPath.FOLDER.resolve("bin")));
    }

    /** A new folder that belongs to whoever runs the server. */
    Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("mp-pg");
            if (other.isPresent()) {
                UserPrincipal owner = folder.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(other.get());
                Files.setOwner(folder, owner);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the files of a new server. */
    void initialize(Path data, String user, String password) {
        try {
            Path file = Files.writeString(data.resolveSibling("password"), password + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            run(List.of(
                    bin.resolve("initdb").toString(),
                    "--pgdata=" + data,
                    "--username=" + user,
                    "--pwfile=" + file,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it; unless told to, it syncs nothing to the disk, since the machine will not fail. */
    Process start(Path folder, int port, List<String> settings) {
        List<String> server = new ArrayList<>(List.of(
                bin.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                String.valueOf(port),
                "-k",
                folder.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_connections=300",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "log_min_messages=error"));
        settings.forEach(setting -> server.addAll(List.of("-c", setting)));
        List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, "server"));
        command.addAll(asOther(server));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends it that signal and waits for its end. */
    void end(Process process, String signal) {
        try {
            try (OutputStream input = process.getOutputStream()) {
                input.write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("PostgreSQL does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the server said. */
    String log(Path folder) {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "it said nothing";
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> asOther(List<String> command) {
        List<String> whole = new ArrayList<>(
                other.isEmpty()
                        ? List.of()
                        : List.of(
                                "setpriv",
                                "--reuid=" + other.get(),
                                "--regid=nogroup",
                                "--clear-groups"));
        whole.addAll(command);
        return whole;
    }

    private void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(asOther(command))
                .directory(bin.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.getFirst() + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Unpacks the server that is on the class path into a folder that is gone with this process. */
    private static Path unpack() {
        String archive = archive();
        try (InputStream packed = Programs.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new IllegalStateException("no " + archive + " is on the class path");
            }
            Path folder = Files.createTempDirectory("mp-pg-programs");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Process tar = new ProcessBuilder("tar", "-x", "-C", folder.toString())
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream input = tar.getOutputStream();
                    InputStream plain = new XZInputStream(new BufferedInputStream(packed))) {
                plain.transferTo(input);
            }
            if (tar.waitFor() != 0) {
                throw new IllegalStateException("tar failed: "
                        + new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        return "postgres-" + (system.startsWith("mac") ? "darwin" : "linux") + "-"
                + (processor.equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
    }
}
