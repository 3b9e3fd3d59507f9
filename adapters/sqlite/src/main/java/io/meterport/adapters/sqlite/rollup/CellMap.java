package io.meterport.adapters.sqlite.rollup;

import java.util.Arrays;

/**
 * Cells by a small whole number that is not negative, such as the place in a page or that of a
 * window. Not thread-safe.
 */
public final class CellMap {
    private static final int LEAST = 8;

    private int[] keys = filled(LEAST);
    private Cell[] cells = new Cell[LEAST];
    private int size;

    /** The cell of that number, made empty if there was none. */
    public Cell at(int key) {
        int place = place(key);
        if (keys[place] < 0) {
            if (2 * size >= keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = key;
            cells[place] = new Cell();
            size++;
        }
        return cells[place];
    }

    /** How many cells there are. */
    public int size() {
        return size;
    }

    /** The numbers that have cells, rising. */
    public int[] keys() {
        int[] sorted = new int[size];
        int next = 0;
        for (int key : keys) {
            if (key >= 0) {
                sorted[next++] = key;
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private int place(int key) {
        int mask = keys.length - 1;
        int place = ((key * 0x9e3779b9) >>> 16) & mask;
        while (keys[place] >= 0 && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        int[] oldKeys = keys;
        Cell[] oldCells = cells;
        keys = filled(2 * oldKeys.length);
        cells = new Cell[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] >= 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                cells[place] = oldCells[i];
            }
        }
    }

    private static int[] filled(int length) {
        int[] keys = new int[length];
        Arrays.fill(keys, -1);
        return keys;
    }
}
