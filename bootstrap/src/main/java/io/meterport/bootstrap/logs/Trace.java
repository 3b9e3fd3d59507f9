package io.meterport.bootstrap.logs;

import java.util.ArrayList;
import java.util.List;

/** An exception and its causes as lines: a header each, and the frames below it. */
final class Trace {
    private static final int MOST_CAUSES = 8;
    private static final int MOST_FRAMES = 64;

    private Trace() {}

    static List<String> of(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        Throwable at = thrown;
        for (int i = 0; i < MOST_CAUSES && at != null; i++) {
            lines.add((i == 0 ? "" : "caused by ") + header(at));
            StackTraceElement[] frames = at.getStackTrace();
            for (int j = 0; j < Math.min(frames.length, MOST_FRAMES); j++) {
                lines.add("  at " + frames[j]);
            }
            at = at.getCause();
        }
        return lines;
    }

    private static String header(Throwable thrown) {
        String message = thrown.getMessage();
        String name = thrown.getClass().getName();
        return message == null ? name : name + ": " + Plain.text(Message.value(message));
    }
}
