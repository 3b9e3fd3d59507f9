package io.meterport.bootstrap.logs;

import io.meterport.bootstrap.settings.Settings;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * Sends what is logged, by us through {@link System.Logger} and by libraries, to one stream. Whoever
 * keeps this object keeps the levels of the loggers, which the JDK would forget otherwise.
 */
public final class Logs {
    private final Logger root = Logger.getLogger("");
    private final Logger helidon = Logger.getLogger("io.helidon");

    /** Replaces all logging of the process. */
    public Logs(Settings.Logging settings, OutputStream stream) {
        LogManager.getLogManager().reset();
        Level level = Levels.of(settings.level());
        root.setLevel(level);
        root.addHandler(handler(settings.format(), level, stream));
        // At info it describes itself at each start, which says nothing about this server.
        boolean detailed = level.intValue() < Level.INFO.intValue();
        helidon.setLevel(detailed ? level : Level.WARNING);
    }

    private static Handler handler(Settings.LogFormat format, Level level, OutputStream stream) {
        Handler handler = new EachLineAtOnce(stream, formatter(format));
        handler.setLevel(level);
        return handler;
    }

    private static Formatter formatter(Settings.LogFormat format) {
        return switch (format) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines();
        };
    }

    private static final class EachLineAtOnce extends StreamHandler {
        EachLineAtOnce(OutputStream stream, Formatter formatter) {
            super(stream, formatter);
            try {
                setEncoding(StandardCharsets.UTF_8.name());
            } catch (java.io.UnsupportedEncodingException e) {
                throw new IllegalStateException("every Java platform has UTF-8", e);
            }
        }

        @Override
        public synchronized void publish(LogRecord record) {
            super.publish(record);
            flush();
        }
    }
}
