package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream of server-sent events as a browser follows it, read in the background. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends lines with CR LF, text blocks do not.
final class Followed implements AutoCloseable {
    /** Nobody waits longer for anything. */
    private static final int PATIENCE_SECONDS = 20;

    /** One event; the end of the connection is one without a name. */
    record Event(String name, String data) {
        static final Event END = new Event("", "");
    }

    private final RawClient client;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<String> otherLines = new ArrayList<>();
    final Reply head;

    private Followed(Api api, String bearer, String... headers) throws IOException {
        client = new RawClient(api.server.port());
        client.send("GET /api/v1/portal/stream HTTP/1.1\r\nHost: localhost\r\n"
                + "Accept: text/event-stream\r\nAuthorization: Bearer " + bearer + "\r\n"
                + String.join(
                        "", List.of(headers).stream().map(line -> line + "\r\n").toList())
                + "\r\n");
        head = Reply.of(client.head());
        if (head.status() == 200) {
            Thread.ofVirtual().start(this::read);
        }
    }

    static Followed open(Api api, String bearer, String... headers) {
        try {
            return new Followed(api, bearer, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event, or {@link Event#END}. */
    Event next() {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing came");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All that comes until the connection ends. */
    List<Event> rest() {
        List<Event> rest = new ArrayList<>();
        for (Event event = next(); !event.equals(Event.END); event = next()) {
            rest.add(event);
        }
        return rest;
    }

    /** The lines so far that belong to no event: comments and the time to wait. */
    List<String> otherLines() {
        synchronized (otherLines) {
            return List.copyOf(otherLines);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        String name = "";
        try {
            for (String line = client.chunkedLine(); line != null; line = client.chunkedLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, line.substring(6)));
                } else if (!line.isEmpty()) {
                    synchronized (otherLines) {
                        otherLines.add(line);
                    }
                }
            }
        } catch (IOException e) {
            // The stream is over.
        }
        events.add(Event.END);
    }
}
