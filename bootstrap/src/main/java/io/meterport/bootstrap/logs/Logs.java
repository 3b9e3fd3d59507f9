package io.meterport.bootstrap.logs;

import io.meterport.bootstrap.settings.Settings;
import java.io.OutputStream;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sends what is logged, by us through {@link System.Logger} and by libraries, to one stream. */
public final class Logs {
    private static final List<String> TALKATIVE = List.of("io.helidon", "com.zaxxer.hikari");

    private Logs() {}

    /** Replaces all logging of the process. */
    public static void send(Settings.Logging settings, OutputStream stream) {
        LogManager.getLogManager().reset();
        Level level = Levels.of(settings.level());
        Logger root = Logger.getLogger("");
        root.setLevel(level);
        Lines lines = new Lines(stream, formatter(settings.format()));
        lines.setLevel(level);
        lines.setFilter(record -> isNews(record, level));
        root.addHandler(lines);
    }

    private static Formatter formatter(Settings.LogFormat format) {
        return switch (format) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines();
        };
    }

    /** At info some libraries describe themselves at each start, which says nothing about this server. */
    private static boolean isNews(LogRecord record, Level level) {
        return level.intValue() < Level.INFO.intValue()
                || record.getLevel().intValue() > Level.INFO.intValue()
                || TALKATIVE.stream().noneMatch(String.valueOf(record.getLoggerName())::startsWith);
    }
}
