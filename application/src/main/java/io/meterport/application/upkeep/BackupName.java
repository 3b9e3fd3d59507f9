package io.meterport.application.upkeep;

import io.meterport.domain.problem.Require;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a backup's file is called: up to 100 lower-case letters, digits, dots, dashes and
 * underscores, first a letter or digit, {@code .db} last. It can name nothing outside its folder.
 */
public record BackupName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,96}\\.db");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss.SSS'z'", Locale.ROOT);

    public BackupName {
        Require.that(
                FORM.matcher(value).matches(),
                "invalid-body",
                "name must be up to 100 of a-z, 0-9, dot, dash and underscore, and end with .db");
    }

    /** The usual one for a backup made then. */
    public static BackupName at(Instant time) {
        return new BackupName("meterport-" + TIME.format(time.atOffset(ZoneOffset.UTC)) + ".db");
    }
}
