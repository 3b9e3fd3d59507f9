package io.meterport.bootstrap.proof;

import io.meterport.bootstrap.bench.RawConnection;
import io.meterport.bootstrap.bench.ServerProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks as fast as it can over connections that it keeps, until nobody listens any more. What got no
 * answer at all is not tried again.
 */
final class StopClient implements Runnable {
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final int EVENTS = 3;

    /**
     * What the clients of one stop saw together.
     *
     * @param stored how many events were acknowledged
     * @param answered how many requests were answered
     * @param unread how many got no byte of an answer
     */
    record Seen(
            AtomicLong stored, AtomicLong answered, AtomicLong unread, Collection<String> wrong) {}

    private final ServerProcess server;
    private final String name;
    private final boolean sends;
    private final Seen seen;
    private long number;

    /**
     * @param name no two clients have the same
     * @param sends whether it sends events or asks for usage
     */
    StopClient(ServerProcess server, String name, boolean sends, Seen seen) {
        this.server = server;
        this.name = name;
        this.sends = sends;
        this.seen = seen;
    }

    @Override
    public void run() {
        boolean goOn = true;
        while (goOn) {
            try (RawConnection connection = new RawConnection(server.port())) {
                useUntilClosed(connection);
            } catch (ConnectException e) {
                goOn = false;
            } catch (IOException e) {
                goOn = server.process().isAlive();
            }
        }
    }

    private void useUntilClosed(RawConnection connection) {
        boolean isOpen = true;
        while (isOpen) {
            try {
                judge(connection.exchange(request()), connection);
            } catch (IOException e) {
                isOpen = false;
                if (connection.isAnswered()) {
                    seen.wrong().add("an answer was cut: " + e);
                } else {
                    seen.unread().incrementAndGet();
                }
            }
        }
    }

    private void judge(int status, RawConnection connection) {
        if (status == (sends ? 204 : 200)) {
            seen.answered().incrementAndGet();
            seen.stored().addAndGet(sends ? EVENTS : 0);
        } else {
            seen.wrong().add(status + " " + connection.body());
        }
    }

    private byte[] request() {
        if (!sends) {
            return RawConnection.get("/api/v1/meters/m_count/query", server.key());
        }
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            batch.append(i == 0 ? '[' : ',').append("""
                    {"specversion":"1.0","source":"%s","id":"%d","type":"prompt","subject":"acme",\
                    "time":"2026-11-20T09:00:00Z","data":{"value":1,"model":"a"}}""".formatted(name, ++number));
        }
        byte[] body = batch.append(']').toString().getBytes(StandardCharsets.UTF_8);
        return RawConnection.post("/api/v1/events", server.key(), BATCH, body);
    }
}
