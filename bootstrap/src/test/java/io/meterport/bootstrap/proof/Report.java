package io.meterport.bootstrap.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Keeps what the proofs found, a line of a table each, in {@code target/proofs.md}. */
public final class Report {
    private static final Path FILE = Path.of("target", "proofs.md");

    private Report() {}

    /** Adds a line. */
    public static void add(String proof, String result) {
        String line = "| %s | %s | %s |%n".formatted(LocalDate.now(ZoneOffset.UTC), proof, result);
        System.out.print(line);
        try {
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
