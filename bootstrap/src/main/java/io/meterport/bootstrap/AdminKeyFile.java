package io.meterport.bootstrap;

import io.meterport.application.access.ApiKey;
import io.meterport.application.access.NewSecrets;
import io.meterport.application.access.Scope;
import io.meterport.application.spi.ApiKeyStore;
import io.meterport.bootstrap.client.ServerOptions;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.subject.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * The file in the data folder with the first admin key. It is on the disk before the key is in the
 * store, so that no crash can leave a key that nobody knows.
 */
final class AdminKeyFile {
    /** Whom the audit names where nobody asked. */
    private static final String FIRST_START = "first-start";

    private final Path folder;
    private final Path file;

    AdminKeyFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(ServerOptions.ADMIN_KEY_FILE);
    }

    /** A key just made, and where it is written down. */
    record FirstKey(Path file, TokenSecret secret) {}

    /** Makes the first key, unless the default namespace has ever had one. */
    Optional<FirstKey> makeFirst(ApiKeyStore keys, NewSecrets secrets, InstantSource time) {
        if (!keys.all(Namespace.DEFAULT).isEmpty()) {
            return Optional.empty();
        }
        TokenSecret secret =
                written().orElseGet(() -> write(secrets.make(TokenSecret.Kind.API_KEY)));
        ApiKey key = new ApiKey(
                secret.id(),
                Namespace.DEFAULT,
                "first admin key",
                Set.of(Scope.ADMIN),
                secret.hash(Namespace.DEFAULT),
                time.instant().truncatedTo(ChronoUnit.MICROS),
                Optional.empty(),
                Optional.empty());
        keys.create(key, FIRST_START);
        return Optional.of(new FirstKey(file, secret));
    }

    /** The key that a start wrote down and did not live to store. */
    private Optional<TokenSecret> written() {
        try {
            return Files.exists(file)
                    ? TokenSecret.parse(
                            TokenSecret.Kind.API_KEY, Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TokenSecret write(TokenSecret secret) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, ownerOnly(draft));
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                byte[] text = (secret.text() + "\n").getBytes(StandardCharsets.US_ASCII);
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            DataFolder.sync(folder);
            return secret;
        } catch (IOException e) {
            throw new StartFailure("The file " + file + " cannot be written.");
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
