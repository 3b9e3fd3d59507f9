package io.meterport.bootstrap.client;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;

/** Says how far the sending of events is: a bar for a person, now and then a line for a log. */
final class Progress {
    private static final int WIDTH = 30;
    private static final long EVENTS_A_LINE = 100_000;
    private static final double NANOS = 1e9;

    private final PrintStream err;
    private final boolean terminal;
    private final OptionalLong totalBytes;
    private final long begin = System.nanoTime();
    private long nextLine = EVENTS_A_LINE;

    /**
     * @param totalBytes how much there is to send, where that is known
     */
    Progress(PrintStream err, boolean terminal, OptionalLong totalBytes) {
        this.err = err;
        this.terminal = terminal;
        this.totalBytes = totalBytes;
    }

    /** One that says nothing. */
    static Progress silent() {
        return new Progress(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                false,
                OptionalLong.empty());
    }

    /** So many events, and bytes of the input, are sent. */
    void sent(long events, long bytes) {
        if (terminal) {
            err.print("\r" + bar(bytes)
                    + String.format(Locale.ROOT, "%,d events  %,.0f/s  ", events, rate(events)));
            err.flush();
        } else if (events >= nextLine) {
            nextLine = events - events % EVENTS_A_LINE + EVENTS_A_LINE;
            err.println(String.format(Locale.ROOT, "%,d events sent", events));
        }
    }

    /** All is sent. */
    void done(long events) {
        endLine();
        err.println(String.format(
                Locale.ROOT,
                "%,d events sent in %.1f s",
                events,
                (System.nanoTime() - begin) / NANOS));
    }

    /** Something else is to be said. */
    void say(String sentence) {
        endLine();
        err.println(sentence);
    }

    private void endLine() {
        if (terminal) {
            err.println();
        }
    }

    private String bar(long bytes) {
        if (totalBytes.isEmpty() || totalBytes.getAsLong() == 0) {
            return "";
        }
        double part = Math.min(1, bytes / (double) totalBytes.getAsLong());
        int filled = (int) Math.round(part * WIDTH);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled)
                + String.format(Locale.ROOT, "] %3.0f%%  ", part * 100);
    }

    private double rate(long events) {
        return events * NANOS / Math.max(1, System.nanoTime() - begin);
    }
}
