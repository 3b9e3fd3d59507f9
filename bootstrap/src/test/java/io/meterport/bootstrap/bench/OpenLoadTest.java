package io.meterport.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenLoadTest {
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final byte[] REQUEST = RawConnection.get("/", "none");

    private HttpServer server;

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** A driver that waited for the pause to end before it asked on would see one slow answer. */
    @Test
    void everybodyWhoCameDuringAPauseHasWaitedForIt() throws IOException {
        long[] over = {Long.MAX_VALUE};
        serve(asked -> {
            if (asked == 1) {
                over[0] = System.nanoTime() + HALF_A_SECOND.toNanos();
            }
            while (System.nanoTime() < over[0]) {
                Thread.onSpinWait();
            }
            return 200;
        });

        OpenLoad.Result result = load().run(100, i -> () -> REQUEST);

        assertThat(result.micros().getTotalCount()).isEqualTo(50);
        // The request of the middle was due a quarter of a second before the pause was over.
        assertThat(result.millis(50)).isGreaterThan(200);
        assertThat(result.millis(100)).isGreaterThan(490);
    }

    @Test
    void otherAnswersAreCountedApart() throws IOException {
        serve(asked -> asked % 5 == 0 ? 503 : 200);

        OpenLoad.Result result = load().run(100, i -> () -> REQUEST);

        assertThat(result.statuses()).containsEntry(200, 40L).containsEntry(503, 10L);
        assertThat(result.micros().getTotalCount()).isEqualTo(40);
        assertThat(result.otherMicros().getTotalCount()).isEqualTo(10);
    }

    @Test
    void whereAllMustGoWellAnotherAnswerIsAFailure() throws IOException {
        serve(asked -> asked == 7 ? 503 : 200);

        assertThatThrownBy(() -> load().runWell(100, i -> () -> REQUEST))
                .hasMessageContaining("{200=49, 503=1}");
    }

    private OpenLoad load() {
        return new OpenLoad(server.getAddress().getPort(), 1, HALF_A_SECOND, 200);
    }

    /** Answers the first, second ... request with the status that it is told. */
    private void serve(IntUnaryOperator status) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/", exchange -> answer(exchange, status.applyAsInt(asked.incrementAndGet())));
        server.start();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
        }
    }
}
