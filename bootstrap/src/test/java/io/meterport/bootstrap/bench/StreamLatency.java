package io.meterport.bootstrap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * From the 204 of an event to its notice on the stream of its subject, while many subjects are
 * followed: one event at a time, each to another subject.
 */
final class StreamLatency implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final ServerProcess server;
    private final List<Stream> streams = new ArrayList<>();

    /** Opens a stream for each of these tokens, and waits until all are ready. */
    StreamLatency(ServerProcess server, List<String> tokens)
            throws IOException, InterruptedException {
        this.server = server;
        for (String token : tokens) {
            streams.add(new Stream(server.port(), token));
        }
        for (Stream stream : streams) {
            stream.await("ready");
        }
    }

    /** Sends so many events to the subjects in turn; gives the latencies in microseconds. */
    Histogram measure(int events, List<String> subjects) throws IOException, InterruptedException {
        Histogram micros = new Histogram(3);
        try (RawConnection connection = new RawConnection(server.port())) {
            for (int i = 0; i < events; i++) {
                Stream stream = streams.get(i % streams.size());
                stream.told.clear(); // The last event had a notice for each of its meters.
                int status = connection.exchange(RawConnection.post(
                        "/api/v1/events",
                        server.key(),
                        "application/cloudevents+json",
                        event(subjects.get(i % streams.size()))));
                long acknowledged = System.nanoTime();
                if (status != 204) {
                    throw new IllegalStateException(status + " " + connection.body());
                }
                long told = stream.await("usage.changed");
                micros.recordValue(Math.max(0, (told - acknowledged) / 1_000));
            }
        }
        return micros;
    }

    @Override
    public void close() throws IOException {
        for (Stream stream : streams) {
            stream.socket.close();
        }
    }

    private static byte[] event(String subject) {
        return """
                {"specversion":"1.0","id":"%s","source":"bench","type":"prompt","subject":"%s",\
                "time":"%s","data":{"tokens":1}}""".formatted(UUID.randomUUID(), subject, Instant.now())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** One open stream, read by a thread of its own that notes when each event came. */
    private static final class Stream {
        private record Told(String event, long nanoTime) {}

        private final Socket socket;
        private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

        Stream(int port, String token) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(RawConnection.get("/api/v1/portal/stream", token));
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            Thread.ofVirtual().start(() -> read(lines));
        }

        /** When the next event of that name came. */
        long await(String event) throws InterruptedException {
            while (true) {
                Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new IllegalStateException("the stream says nothing");
                }
                if (next.event().equals(event)) {
                    return next.nanoTime();
                }
            }
        }

        private void read(BufferedReader lines) {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        told.add(new Told(line.substring("event: ".length()), System.nanoTime()));
                    }
                }
            } catch (IOException e) {
                // The measurement is over and the socket closed.
            }
        }
    }
}
