package io.meterport.adapters.sqlite.key;

import java.util.Arrays;

/**
 * Keys in memory, 16 bytes each and as many again for the gaps between them. A key's place follows
 * its value, so that going through the places is going through the keys in order. Not thread-safe.
 */
final class KeySet {
    private static final int LEAST_SLOTS = 1_024;
    private static final int LEAST_SPARE = 256;

    private int slots = LEAST_SLOTS;
    /** Keys that belong to the last slots may lie behind them. */
    private int spare = LEAST_SPARE;

    private long[] table = new long[2 * (slots + spare)];
    private int size;

    int size() {
        return size;
    }

    /** Takes the key in; false if it was there. */
    boolean add(long high, long low) {
        int slot = slotOf(high, low);
        if (isTaken(slot)) {
            return false;
        }
        if (2 * size >= slots) {
            grow(2 * slots, spare);
            slot = slotOf(high, low);
        }
        while (slot == lastSlot()) {
            grow(slots, 2 * spare);
            slot = slotOf(high, low);
        }
        put(slot, high, low);
        size++;
        return true;
    }

    /** Whether the key is there. */
    boolean has(long high, long low) {
        return isTaken(slotOf(high, low));
    }

    /** Takes the key out; those behind it move up, so that no gap hides them. */
    void remove(long high, long low) {
        int gap = slotOf(high, low);
        if (!isTaken(gap)) {
            return;
        }
        for (int slot = gap + 1; slot < lastSlot() && isTaken(slot); slot++) {
            if (home(table[2 * slot]) <= gap) {
                put(gap, table[2 * slot], table[2 * slot + 1]);
                gap = slot;
            }
        }
        put(gap, 0, 0);
        size--;
    }

    /** Goes through all keys; none may be added or removed meanwhile. */
    KeyCursor sorted() {
        return new Sorted();
    }

    /** Where the key is, or else where it would go. */
    private int slotOf(long high, long low) {
        int slot = home(high);
        while (isTaken(slot) && (table[2 * slot] != high || table[2 * slot + 1] != low)) {
            slot++;
        }
        return slot;
    }

    private int home(long high) {
        return (int) Math.unsignedMultiplyHigh(high, slots);
    }

    /** Always free, so that looking for a key ends there. */
    private int lastSlot() {
        return table.length / 2 - 1;
    }

    /** Of 2 to the power of 128 keys one is taken for a free place; it is refused by the caller. */
    private boolean isTaken(int slot) {
        return table[2 * slot] != 0 || table[2 * slot + 1] != 0;
    }

    private void put(int slot, long high, long low) {
        table[2 * slot] = high;
        table[2 * slot + 1] = low;
    }

    private void grow(int newSlots, int newSpare) {
        long[] old = table;
        slots = newSlots;
        spare = newSpare;
        table = new long[2 * (slots + spare)];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                put(slotOf(old[i], old[i + 1]), old[i], old[i + 1]);
            }
        }
    }

    /** Between two free places keys may stand in any order, but none belongs beyond them. */
    private final class Sorted implements KeyCursor {
        private long[] run = new long[64];
        private int runSize;
        private int at = -1;
        private int slot;

        @Override
        public boolean next() {
            if (++at >= runSize) {
                fill();
                at = 0;
            }
            return runSize > 0;
        }

        @Override
        public long high() {
            return run[2 * at];
        }

        @Override
        public long low() {
            return run[2 * at + 1];
        }

        private void fill() {
            runSize = 0;
            while (slot < lastSlot() && !isTaken(slot)) {
                slot++;
            }
            while (slot < lastSlot() && isTaken(slot)) {
                insert(table[2 * slot], table[2 * slot + 1]);
                slot++;
            }
        }

        private void insert(long high, long low) {
            if (run.length == 2 * runSize) {
                run = Arrays.copyOf(run, 2 * run.length);
            }
            int place = runSize;
            while (place > 0 && isBefore(high, low, run[2 * place - 2], run[2 * place - 1])) {
                run[2 * place] = run[2 * place - 2];
                run[2 * place + 1] = run[2 * place - 1];
                place--;
            }
            run[2 * place] = high;
            run[2 * place + 1] = low;
            runSize++;
        }
    }

    static boolean isBefore(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh < 0 || (byHigh == 0 && Long.compareUnsigned(low, otherLow) < 0);
    }
}
