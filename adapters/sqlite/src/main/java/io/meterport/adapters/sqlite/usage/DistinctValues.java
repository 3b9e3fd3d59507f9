package io.meterport.adapters.sqlite.usage;

import io.meterport.adapters.sqlite.rollup.ValueHash;

/** A set of hashes in 16 bytes each and a half more. Not thread-safe. */
final class DistinctValues {
    private static final int LEAST = 8;

    private long[] hashes = new long[2 * LEAST];
    private int size;
    private int zeros;

    /** Whether it was not there before. */
    boolean add(ValueHash hash) {
        if (hash.high() == 0 && hash.low() == 0) {
            return zeros++ == 0;
        }
        if (3 * size >= hashes.length) {
            grow();
        }
        int place = place(hash.high(), hash.low());
        if (hashes[place] != 0 || hashes[place + 1] != 0) {
            return false;
        }
        hashes[place] = hash.high();
        hashes[place + 1] = hash.low();
        size++;
        return true;
    }

    int size() {
        return size + Math.min(1, zeros);
    }

    /** Where that hash is or belongs. */
    private int place(long high, long low) {
        int mask = hashes.length / 2 - 1;
        int slot = (int) high & mask;
        while (true) {
            int place = 2 * slot;
            boolean free = hashes[place] == 0 && hashes[place + 1] == 0;
            if (free || (hashes[place] == high && hashes[place + 1] == low)) {
                return place;
            }
            slot = (slot + 1) & mask;
        }
    }

    private void grow() {
        long[] old = hashes;
        hashes = new long[2 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                int place = place(old[i], old[i + 1]);
                hashes[place] = old[i];
                hashes[place + 1] = old[i + 1];
            }
        }
    }
}
