package io.meterport.application.spi;

import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Notices events that come again with other contents than those they were stored with: another type,
 * subject or data. The first counts, whatever came later, so somebody should hear of it. Remembered
 * are about the last half million events since it was made, in 4 MiB. Thread-safe.
 */
public final class Conflicts {
    private static final int PLACES = 1 << 19;
    private static final int HALF = 32;
    private static final long LOW_HALF = 0xffff_ffffL;
    /** In the place that its key says: half of the key, and the sum of its contents. */
    private final long[] remembered = new long[PLACES];

    private final Consumer<String> operator;
    private long count;

    /** With somebody who is told, of the first one and whenever their number has doubled. */
    public Conflicts(Consumer<String> operator) {
        this.operator = Objects.requireNonNull(operator, "operator");
    }

    /**
     * A sum over what an event says, to be compared with that of another. Its time is left out: where
     * a sender gives none, each try has another.
     *
     * @param data as it is stored; empty where the event has none
     */
    public static int contents(MeteredEvent metered, byte[] data) {
        CRC32C sum = new CRC32C();
        add(sum, metered.event().type().value().hashCode());
        add(sum, metered.event().subject().value().hashCode());
        sum.update(data, 0, data.length);
        return (int) sum.getValue();
    }

    /** An event with these contents is stored under that key, which is as good as random. */
    public synchronized void stored(long high, long low, int contents) {
        remembered[place(high)] = entry(low, contents);
    }

    /** An event with that key came again; counts it if it is remembered with other contents. */
    public synchronized void again(long high, long low, int contents) {
        long found = remembered[place(high)];
        long now = entry(low, contents);
        if (found >>> HALF == now >>> HALF && found != now) {
            count++;
            if (Long.bitCount(count) == 1) {
                operator.accept("Events that came again with other contents than they were stored"
                        + " with, and were skipped: " + count + ". The digest of the last one's key"
                        + " begins with " + HexFormat.of().toHexDigits(high) + ".");
            }
        }
    }

    /** How many came again with other contents. */
    public synchronized long count() {
        return count;
    }

    private static int place(long high) {
        return (int) high & (PLACES - 1);
    }

    private static long entry(long low, int contents) {
        return (low << HALF) | (contents & LOW_HALF);
    }

    /** No bytes have to be made for it: this is done for each event. */
    private static void add(CRC32C sum, int number) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            sum.update(number >>> shift);
        }
    }
}
