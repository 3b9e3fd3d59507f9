package io.meterport.adapters.http.wire;

import java.io.OutputStream;

/** Drops bytes and counts them. Not thread-safe. */
final class CountedBytes extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
        bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
        bytes += length;
    }

    long bytes() {
        return bytes;
    }
}
