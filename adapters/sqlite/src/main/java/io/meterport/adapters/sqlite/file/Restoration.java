package io.meterport.adapters.sqlite.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Puts a backup in place while nothing runs. All is done to a copy with another name; the one rename
 * at the end makes it the database, so that whatever interrupts a restore, there is either the old
 * state or the new one, or no database at all, and never one with its old revocations.
 */
public final class Restoration {
    /** What is changed in the copy before it is put in place. */
    @FunctionalInterface
    public interface Change {
        void apply(Session session) throws SQLException;
    }

    private final SqliteOptions options;
    private final CopiedFile.Checksums checksums;
    private final Path path;

    /** Restores to where these options look for the database. */
    public Restoration(SqliteOptions options, CopiedFile.Checksums checksums) {
        this.options = options;
        this.checksums = checksums;
        this.path = DatabaseFile.place(options.path());
    }

    /** The database that it makes. */
    public Path path() {
        return path;
    }

    /**
     * Restores the backup.
     *
     * @param aside where to move a database that is there; absent: there must be none
     * @param change is applied before anybody can use it
     * @throws IllegalStateException with a sentence for the operator if it cannot be done; nothing
     *     has changed then
     */
    public void restore(Path backup, Optional<Path> aside, Change change) {
        try {
            if (!Files.isRegularFile(backup)) {
                throw new IllegalStateException("There is no backup " + backup + ".");
            }
            DatabaseFile.createFolder(DatabaseFile.folder(path));
            DatabaseFile.requireLocal(DatabaseFile.folder(path));
            try (ProcessLock _ = ProcessLock.take(path)) {
                requireRoom(aside);
                Path draft = draft(backup, change);
                moveAside(aside);
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
                DatabaseFile.sync(DatabaseFile.folder(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The backup cannot be restored", e);
        }
    }

    private void requireRoom(Optional<Path> aside) {
        if (aside.isEmpty() && present().stream().anyMatch(Files::exists)) {
            throw new IllegalStateException("There is a database " + path
                    + " already. To move it aside and restore nevertheless, say --replace.");
        }
    }

    private Path draft(Path backup, Change change) throws IOException {
        Path draft = path.resolveSibling("." + path.getFileName() + ".restoring");
        Files.deleteIfExists(draft);
        Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + "-journal"));
        DatabaseFile.createFile(draft);
        try (OutputStream out = Files.newOutputStream(draft)) {
            Files.copy(backup, out);
        }
        try (Session session = Settings.copy(options).connect(draft)) {
            if (Migrations.layout(session) == 0) {
                throw new IllegalStateException(backup + " is no backup of Meterport.");
            }
            Migrations.apply(session);
            CopiedFile.check(session, checksums);
            session.beginWriting();
            change.apply(session);
            session.commit();
        } catch (SQLException e) {
            Files.deleteIfExists(draft);
            throw new IllegalStateException(
                    "The backup " + backup + " is damaged, or no backup of Meterport.", e);
        }
        DatabaseFile.sync(draft);
        return draft;
    }

    private void moveAside(Optional<Path> aside) throws IOException {
        if (aside.isEmpty()) {
            return;
        }
        DatabaseFile.createFolder(aside.get());
        for (Path old : present()) {
            if (Files.exists(old)) {
                Files.move(old, aside.get().resolve(old.getFileName()));
            }
        }
        DatabaseFile.sync(aside.get());
        DatabaseFile.sync(DatabaseFile.folder(path));
    }

    /** The database first: a log that is left without one is of no effect. */
    private List<Path> present() {
        return List.of(
                path,
                path.resolveSibling(path.getFileName() + "-wal"),
                path.resolveSibling(path.getFileName() + "-shm"));
    }
}
