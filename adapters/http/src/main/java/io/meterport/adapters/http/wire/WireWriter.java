package io.meterport.adapters.http.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Writes to the socket, but only as long as the client may take. */
final class WireWriter implements DataWriter {
    private final DataWriter inner;
    private final Wire wire;

    WireWriter(DataWriter inner, Wire wire) {
        this.inner = inner;
        this.wire = wire;
    }

    @Override
    public void write(BufferData... buffers) {
        timed(bytes(buffers), () -> inner.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        timed(buffer.available(), () -> inner.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        timed(bytes(buffers), () -> inner.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        timed(buffer.available(), () -> inner.writeNow(buffer));
    }

    @Override
    public void flush() {
        timed(0, inner::flush);
    }

    @Override
    public void close() {
        inner.close();
    }

    private static long bytes(BufferData... buffers) {
        long bytes = 0;
        for (BufferData buffer : buffers) {
            bytes += buffer.available();
        }
        return bytes;
    }

    private void timed(long bytes, Runnable write) {
        wire.begin(wire.writeDeadline(bytes));
        try {
            write.run();
        } finally {
            wire.done();
        }
    }
}
