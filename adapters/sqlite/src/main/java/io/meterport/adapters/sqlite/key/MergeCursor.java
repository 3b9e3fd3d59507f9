package io.meterport.adapters.sqlite.key;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Goes through the keys of several others together; no two of them have the same key. */
final class MergeCursor implements KeyCursor {
    private final List<KeyCursor> waiting;
    private final List<KeyCursor> open = new ArrayList<>();
    private long high;
    private long low;

    MergeCursor(List<KeyCursor> cursors) {
        this.waiting = new ArrayList<>(cursors);
    }

    @Override
    public boolean next() throws SQLException {
        for (KeyCursor cursor : waiting) {
            if (cursor.next()) {
                open.add(cursor);
            }
        }
        waiting.clear();
        if (open.isEmpty()) {
            return false;
        }
        int least = least();
        high = open.get(least).high();
        low = open.get(least).low();
        if (!open.get(least).next()) {
            open.remove(least);
        }
        return true;
    }

    @Override
    public long high() {
        return high;
    }

    @Override
    public long low() {
        return low;
    }

    private int least() {
        int least = 0;
        for (int i = 1; i < open.size(); i++) {
            KeyCursor one = open.get(i);
            KeyCursor best = open.get(least);
            if (KeySet.isBefore(one.high(), one.low(), best.high(), best.low())) {
                least = i;
            }
        }
        return least;
    }
}
