package io.meterport.adapters.sqlite.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The database file, held by this process alone from {@link #open} to {@link #close}. Only its owner
 * may read it. Sessions made from it have their settings checked, not just set.
 */
public final class DatabaseFile implements AutoCloseable {
    private static final String FILE_NAME = "meterport.db";
    private static final Set<String> NETWORK_FILE_SYSTEMS =
            Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "fuse.sshfs");

    private final Path path;
    private final SqliteOptions options;
    private final ProcessLock lock;

    private DatabaseFile(Path path, SqliteOptions options, ProcessLock lock) {
        this.path = path;
        this.options = options;
        this.lock = lock;
    }

    /**
     * Makes the file if there is none, takes its lock, and brings it to today's layout.
     *
     * @throws IllegalStateException with a sentence for the operator if the file is in use, lies on
     *     a network file system, is newer than this program, has a damaged log, or cannot be used
     */
    public static DatabaseFile open(SqliteOptions options) {
        Path path = place(options.path());
        try {
            createFolder(folder(path));
            requireLocal(folder(path));
            ProcessLock lock = ProcessLock.take(path);
            try {
                createFile(path);
                DatabaseFile file = new DatabaseFile(path, options, lock);
                file.takeOver();
                file.prepare();
                return file;
            } catch (RuntimeException | IOException | SQLException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The database " + path + " cannot be opened: " + reason(e), e);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "access is denied";
            case FileSystemException known ->
                Objects.requireNonNullElse(known.getReason(), known.getClass().getSimpleName());
            default -> e.toString();
        };
    }

    /** How it is used. */
    public SqliteOptions options() {
        return options;
    }

    /** Where the write-ahead log lies, if there is one. */
    Path log() {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    Session writer() throws SQLException {
        return connect(Settings.writer(options));
    }

    Session reader() throws SQLException {
        return connect(Settings.reader(options));
    }

    /** Reads, and may write other files. */
    Session copier() throws SQLException {
        return connect(Settings.copier(options));
    }

    /**
     * One at a time: a connection that can only read is closed before there is another one, which
     * would share its memory and keep that as it is. So all that are open can write, and a file
     * system that is read-only for a while leaves nothing behind.
     */
    private synchronized Session connect(Settings settings) throws SQLException {
        for (String end : List.of("", "-wal", "-shm")) {
            Path each = path.resolveSibling(path.getFileName() + end);
            // Told by its name only: to close a file would end the locks that SQLite has on it.
            if (Files.exists(each) && !Files.isWritable(each)) {
                throw new SQLException(each + " cannot be written");
            }
        }
        return settings.connect(path);
    }

    /** Lets another process have the file; all sessions must have been closed. */
    @Override
    public void close() {
        lock.close();
    }

    /**
     * What a killed process had written and not yet flushed counts from now on, and somebody may be
     * told that it is known already: so it has to be on the disk.
     */
    private void takeOver() throws IOException {
        if (Files.exists(log())) {
            LogCheck.require(log());
            sync(log());
        }
    }

    private void prepare() throws SQLException {
        try (Session session = writer()) {
            Migrations.apply(session);
        }
    }

    /** The file that such a path of the options means. */
    public static Path place(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return whole.toString().endsWith(".db") ? whole : whole.resolve(FILE_NAME);
    }

    static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
    }

    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownersOnly(folder, "rwx------"));
        }
    }

    /** The file has its rights from its first moment on; SQLite gives the log the same. */
    static void createFile(Path path) throws IOException {
        try {
            Files.createFile(path, ownersOnly(folder(path), "rw-------"));
        } catch (FileAlreadyExistsException e) {
            return;
        }
        sync(folder(path));
    }

    /** Puts a file's bytes, or a folder's entries, on the disk. */
    static void sync(Path path) throws IOException {
        StandardOpenOption how =
                Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path folder, String rights) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(rights);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    static void requireLocal(Path folder) throws IOException {
        String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
        if (NETWORK_FILE_SYSTEMS.contains(type)) {
            throw new IllegalStateException(
                    "The folder " + folder + " lies on a network file system (" + type
                            + "), whose locks and writes SQLite cannot trust; choose a local one.");
        }
    }
}
