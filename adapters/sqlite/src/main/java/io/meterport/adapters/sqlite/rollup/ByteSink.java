package io.meterport.adapters.sqlite.rollup;

import java.util.Arrays;

/** Bytes being written, with numbers in as few of them as possible. Not thread-safe. */
final class ByteSink {
    private byte[] bytes = new byte[1_024];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void put(int unit) {
        reserve(1);
        bytes[size++] = (byte) unit;
    }

    void set(int at, int unit) {
        bytes[at] = (byte) unit;
    }

    void putShort(int number) {
        reserve(2);
        bytes[size++] = (byte) (number >> 8);
        bytes[size++] = (byte) number;
    }

    /** A number that is not negative: seven bits a byte, the lowest first. */
    void putVarint(long number) {
        reserve(10);
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Any number; small ones of either sign are short. */
    void putSigned(long number) {
        putVarint((number << 1) ^ (number >> 63));
    }

    void putBytes(byte[] from, int start, int length) {
        reserve(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
