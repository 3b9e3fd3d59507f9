package io.meterport.adapters.sqlite.rollup;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact decimal that can be added to: 64 bits and a scale while that is enough, a {@link
 * BigDecimal} from then on. Not thread-safe.
 */
final class Amount {
    private static final int MOST_SHIFT = 18;
    private static final long[] POWERS = powers();

    private long unscaled;
    private int scale;
    private boolean isBig;
    private BigDecimal big = BigDecimal.ZERO;

    void set(BigDecimal number) {
        if (number.precision() <= MOST_SHIFT) {
            set(number.unscaledValue().longValue(), number.scale());
        } else {
            setBig(number);
        }
    }

    void set(long newUnscaled, int newScale) {
        unscaled = newUnscaled;
        scale = newScale;
        isBig = false;
    }

    void set(Amount other) {
        unscaled = other.unscaled;
        scale = other.scale;
        isBig = other.isBig;
        big = other.big;
    }

    void add(Amount other) {
        if (isBig || other.isBig || !addSmall(other)) {
            setBig(value().add(other.value()));
        }
    }

    int compareTo(Amount other) {
        return !isBig && !other.isBig && scale == other.scale
                ? Long.compare(unscaled, other.unscaled)
                : value().compareTo(other.value());
    }

    BigDecimal value() {
        return isBig ? big : BigDecimal.valueOf(unscaled, scale);
    }

    /** Whether it is as it was made: zero. */
    boolean isPlainZero() {
        return !isBig && unscaled == 0 && scale == 0;
    }

    void write(ByteSink to) {
        if (isBig) {
            byte[] digits = big.unscaledValue().toByteArray();
            to.putVarint((long) big.scale() << 1 | 1);
            to.putVarint(digits.length);
            to.putBytes(digits, 0, digits.length);
        } else {
            to.putVarint((long) scale << 1);
            to.putSigned(unscaled);
        }
    }

    void read(ByteSource from) {
        long head = from.varint();
        if ((head & 1) == 0) {
            set(from.signed(), (int) (head >> 1));
        } else {
            int length = (int) from.varint();
            setBig(new BigDecimal(new BigInteger(from.bytes(length)), (int) (head >> 1)));
        }
    }

    private void setBig(BigDecimal number) {
        isBig = number.unscaledValue().bitLength() >= Long.SIZE - 1;
        if (isBig) {
            big = number;
        } else {
            set(number.unscaledValue().longValue(), number.scale());
        }
    }

    /** Adds within 64 bits; changes nothing and says so where that is not enough. */
    private boolean addSmall(Amount other) {
        int shift = scale - other.scale;
        if (shift > MOST_SHIFT || shift < -MOST_SHIFT) {
            return false;
        }
        long mine = shift < 0 ? unscaled * POWERS[-shift] : unscaled;
        long its = shift > 0 ? other.unscaled * POWERS[shift] : other.unscaled;
        boolean overflowed = (shift < 0 && mine / POWERS[-shift] != unscaled)
                || (shift > 0 && its / POWERS[shift] != other.unscaled);
        long sum = mine + its;
        if (overflowed || ((mine ^ sum) & (its ^ sum)) < 0) {
            return false;
        }
        unscaled = sum;
        scale = Math.max(scale, other.scale);
        return true;
    }

    private static long[] powers() {
        long[] powers = new long[MOST_SHIFT + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
