package io.meterport.adapters.http.wire;

import java.io.IOException;
import java.io.OutputStream;

/** A body that is made while it is sent. One that has an end may be asked to do it again. */
@FunctionalInterface
public interface Streaming {
    /**
     * Writes it all; what is flushed is on its way to the client.
     *
     * @throws IOException if the client is gone or too slow
     * @throws InterruptedException if the server wants its thread back
     */
    void write(OutputStream out) throws IOException, InterruptedException;
}
