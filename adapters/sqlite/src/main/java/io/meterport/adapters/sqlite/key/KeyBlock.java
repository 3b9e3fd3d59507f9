package io.meterport.adapters.sqlite.key;

import io.meterport.adapters.sqlite.rollup.ValueHash;
import java.nio.ByteBuffer;

/** Some keys of a generation, in rising order. */
record KeyBlock(ByteBuffer keys, int size) {
    /** Without keys. */
    static final KeyBlock EMPTY = new KeyBlock(ByteBuffer.allocate(0), 0);

    /** The keys that these bytes are. */
    static KeyBlock of(byte[] bytes) {
        return new KeyBlock(ByteBuffer.wrap(bytes), bytes.length / ValueHash.BYTES);
    }

    long high(int at) {
        return keys.getLong(at * ValueHash.BYTES);
    }

    long low(int at) {
        return keys.getLong(at * ValueHash.BYTES + Long.BYTES);
    }

    boolean has(long high, long low) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (KeySet.isBefore(high(middle), low(middle), high, low)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from < size && high(from) == high && low(from) == low;
    }
}
