package io.meterport.bootstrap.logs;

import io.meterport.bootstrap.settings.Settings;
import java.util.logging.Level;

/** Our few levels, and those that the JDK's logging has for them. */
final class Levels {
    private Levels() {}

    static Level of(Settings.LogLevel level) {
        return switch (level) {
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
            case OFF -> Level.OFF;
        };
    }

    static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warning";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }
}
