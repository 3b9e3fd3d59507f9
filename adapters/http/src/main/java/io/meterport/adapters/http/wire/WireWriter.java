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
        timed(() -> inner.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        timed(() -> inner.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        timed(() -> inner.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        timed(() -> inner.writeNow(buffer));
    }

    @Override
    public void flush() {
        timed(inner::flush);
    }

    @Override
    public void close() {
        inner.close();
    }

    private void timed(Runnable write) {
        wire.begin(wire.writeDeadline());
        try {
            write.run();
        } finally {
            wire.done();
        }
    }
}
