package io.meterport.bootstrap;

import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes ULIDs: 48 bits of milliseconds and 80 random bits, 26 characters. Each is greater than all
 * before it, also within a millisecond and when the clock goes back. Thread-safe.
 */
final class Ulids implements Supplier<String> {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final long LATEST = (1L << 48) - 1;

    private final InstantSource time;
    private final RandomGenerator random;
    private long millis = -1;
    private int high;
    private long low;

    /**
     * @param random unpredictable
     */
    Ulids(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    @Override
    public synchronized String get() {
        long now = Math.clamp(time.millis(), 0, LATEST);
        if (now > millis) {
            begin(now);
        } else {
            step();
        }
        return text();
    }

    private void begin(long now) {
        millis = now;
        high = random.nextInt(1 << 16);
        low = random.nextLong();
    }

    /** Goes on by a random step, so that one id does not tell the next. */
    private void step() {
        long before = low;
        low += 1 + (random.nextLong() >>> 32);
        if (Long.compareUnsigned(low, before) < 0 && ++high == 1 << 16) {
            begin(millis + 1);
        }
    }

    private String text() {
        char[] digits = new char[26];
        for (int i = 0; i < 10; i++) {
            digits[i] = DIGITS.charAt((int) (millis >>> (5 * (9 - i))) & 31);
        }
        for (int i = 0; i < 16; i++) {
            digits[10 + i] = DIGITS.charAt(fiveBits(5 * (15 - i)));
        }
        return new String(digits);
    }

    /** Five of the 80 random bits, from that place on. */
    private int fiveBits(int place) {
        if (place >= 64) {
            return (high >>> (place - 64)) & 31;
        }
        long bits = low >>> place;
        return (int) (place > 59 ? bits | ((long) high << (64 - place)) : bits) & 31;
    }
}
