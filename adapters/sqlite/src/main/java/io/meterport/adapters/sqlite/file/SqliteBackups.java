package io.meterport.adapters.sqlite.file;

import io.meterport.application.spi.Backups;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * Copies the file with {@code vacuum into}, which reads one state of it while others read and write.
 * The copy has another name until it is known to be good and on the disk.
 */
public final class SqliteBackups implements Backups {
    private final DatabaseFile file;
    private final Readers readers;
    private final CopiedFile.Checksums checksums;

    public SqliteBackups(DatabaseFile file, Readers readers, CopiedFile.Checksums checksums) {
        this.file = file;
        this.readers = readers;
        this.checksums = checksums;
    }

    @Override
    public Copy copyTo(Path copy) {
        return readers.copyAtLength(session -> {
            if (Files.exists(copy)) {
                throw new ProblemException(new Problem.Conflict(
                        "backup-exists", "There is a backup of that name already."));
            }
            Path part = copy.resolveSibling("." + copy.getFileName() + ".part");
            try {
                return copy(session, copy, part);
            } catch (IOException e) {
                throw Failure.unavailable(e);
            } finally {
                deleteQuietly(part);
            }
        });
    }

    private Copy copy(Session session, Path copy, Path part) throws SQLException, IOException {
        DatabaseFile.createFolder(DatabaseFile.folder(copy));
        Files.deleteIfExists(part);
        DatabaseFile.createFile(part);
        PreparedStatement vacuum = session.prepare("vacuum into ?");
        vacuum.setString(1, part.toString());
        vacuum.execute();
        try (Session opened = Settings.copy(file.options()).connect(part)) {
            CopiedFile.check(opened, checksums);
        }
        DatabaseFile.sync(part);
        Copy done = new Copy(Files.size(part), sha256(part));
        Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
        try {
            DatabaseFile.sync(DatabaseFile.folder(copy));
        } catch (IOException e) {
            deleteQuietly(copy); // A power cut might take its name away.
            if (Files.exists(copy)) {
                throw Failure.unknown(e);
            }
            throw e;
        }
        return done;
    }

    private static String sha256(Path path) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // A part has a name that nobody takes for a backup, and the next backup deletes it.
        }
    }
}
