package io.meterport.adapters.sqlite.rollup;

import java.util.Arrays;

/** Bytes being read, as {@link ByteSink} wrote them. Not thread-safe. */
final class ByteSource {
    private byte[] bytes = new byte[0];
    private int at;

    void open(byte[] newBytes, int start) {
        bytes = newBytes;
        at = start;
    }

    int at() {
        return at;
    }

    int next() {
        return bytes[at++] & 0xff;
    }

    long varint() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte unit = bytes[at++];
            number |= (unit & 0x7fL) << shift;
            if (unit >= 0) {
                return number;
            }
        }
    }

    long signed() {
        long number = varint();
        return (number >>> 1) ^ -(number & 1);
    }

    byte[] bytes(int length) {
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }
}
