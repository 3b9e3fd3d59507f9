package io.meterport.adapters.sqlite.key;

/** Keys that only the log has so far, and the last row of the log that has some of them. */
final class HotKeys {
    private final KeySet keys = new KeySet();
    private long lastLog;

    KeySet keys() {
        return keys;
    }

    long lastLog() {
        return lastLog;
    }

    void reached(long log) {
        lastLog = log;
    }
}
