package io.meterport.adapters.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.postgres.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PoolTest {
    private final TestServer server = TestServer.shared();

    /** A pool opens its second connection a moment after its first, whoever waits for it. */
    @Test
    void noConnectionOutlivesItThoughOneWasBeingOpened() throws Exception {
        String database = server.newDatabase();
        try (Door door = new Door(server.port())) {
            Map<String, String> options = new HashMap<>(server.options(database));
            options.put("url", "jdbc:postgresql://127.0.0.1:" + door.port() + "/" + database);
            options.put("pool", "2");
            Pool pool = Pool.open(PostgresOptions.of(options));
            door.awaitArrivals(2);

            Thread closing = Thread.ofPlatform().start(pool::close);
            // It need not wait for the one that is held; if it did, this one could go on now.
            closing.join(Duration.ofSeconds(3));
            door.open();
            closing.join();

            door.awaitDepartures(2);
        }
    }

    /** A way to the server that lets the first connection through, and others once it is open. */
    private static final class Door implements AutoCloseable {
        private static final long PATIENCE_SECONDS = 20;

        private final ServerSocket entrance;
        private final int target;
        private final Semaphore arrivals = new Semaphore(0);
        private final Semaphore departures = new Semaphore(0);
        private final CountDownLatch isOpen = new CountDownLatch(1);

        Door(int target) throws IOException {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.target = target;
            Thread.ofVirtual().start(() -> {
                for (int number = 1; ; number++) {
                    int arrived = number;
                    try {
                        Socket client = entrance.accept();
                        Thread.ofVirtual().start(() -> guide(client, arrived));
                    } catch (IOException e) {
                        return; // The test is over.
                    }
                }
            });
        }

        int port() {
            return entrance.getLocalPort();
        }

        void open() {
            isOpen.countDown();
        }

        void awaitArrivals(int count) throws InterruptedException {
            assertThat(arrivals.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it opens " + count + " connections")
                    .isTrue();
        }

        void awaitDepartures(int count) throws InterruptedException {
            assertThat(departures.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it closes " + count + " connections")
                    .isTrue();
        }

        private void guide(Socket client, int number) {
            arrivals.release();
            try (client) {
                if (number > 1) {
                    isOpen.await();
                }
                try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                    Thread.ofVirtual().start(() -> carry(server, client));
                    client.getInputStream().transferTo(server.getOutputStream());
                }
                departures.release();
            } catch (IOException e) {
                departures.release();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void carry(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // Whichever end closed it, the other one sees that.
            }
        }

        @Override
        public void close() throws IOException {
            entrance.close();
        }
    }
}
