package io.meterport.bootstrap.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinesTest {
    private static final Formatter BARE = new Formatter() {
        @Override
        public String format(LogRecord record) {
            return record.getMessage() + "\n";
        }
    };

    /** Takes nothing until it is opened. */
    private static final class Gate extends OutputStream {
        private final CountDownLatch open = new CountDownLatch(1);
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();

        @Override
        public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            text.write(bytes, from, length);
        }

        Gate opened() {
            open.countDown();
            return this;
        }
    }

    @Test
    void aWarningIsThereWithAllBeforeItWhenItIsPublished() {
        Gate stream = new Gate().opened();
        Lines lines = new Lines(stream, BARE);

        lines.publish(new LogRecord(Level.INFO, "one"));
        lines.publish(new LogRecord(Level.INFO, "two"));
        lines.publish(new LogRecord(Level.WARNING, "three"));

        assertThat(stream.text).hasToString("one\ntwo\nthree\n");
    }

    @Test
    void whatIsNoWarningComesByItself() {
        Gate stream = new Gate().opened();
        Lines lines = new Lines(stream, BARE);

        lines.publish(new LogRecord(Level.INFO, "one"));

        while (stream.text.size() == 0) {
            Thread.onSpinWait();
        }
        assertThat(stream.text).hasToString("one\n");
    }

    @Test
    void manyThreadsLoseNoLineAndKeepTheirOrder() throws InterruptedException {
        Gate stream = new Gate().opened();
        Lines lines = new Lines(stream, BARE);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int line = 0; line < 1_000; line++) {
                    Level level = line % 100 == 7 ? Level.WARNING : Level.INFO;
                    lines.publish(new LogRecord(level, number + " " + line));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        lines.close();

        for (int i = 0; i < 8; i++) {
            String prefix = i + " ";
            List<String> own = stream.text
                    .toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .toList();
            assertThat(own).hasSize(1_000);
            for (int line = 0; line < 1_000; line++) {
                assertThat(own.get(line)).isEqualTo(prefix + line);
            }
        }
    }

    @Test
    void aStreamThatTakesNothingHoldsPublishersBackAndGetsEverythingInTheEnd()
            throws InterruptedException {
        Gate stream = new Gate();
        Lines lines = new Lines(stream, BARE);
        AtomicInteger published = new AtomicInteger();
        String kibibyte = "x".repeat(1_023);
        Thread publisher = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 5_000; i++) {
                lines.publish(new LogRecord(Level.INFO, kibibyte));
                published.incrementAndGet();
            }
        });
        while (publisher.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(published).hasValueLessThan(3_000);

        stream.opened();
        publisher.join();
        lines.flush();

        assertThat(stream.text.size()).isEqualTo(5_000 * 1_024);
    }

    @Test
    void aStreamThatFailsStopsNobody() {
        Lines lines = new Lines(
                new OutputStream() {
                    @Override
                    public void write(int letter) throws IOException {
                        throw new IOException("gone");
                    }
                },
                BARE);
        AtomicInteger reported = new AtomicInteger();
        lines.setErrorManager(new java.util.logging.ErrorManager() {
            @Override
            public synchronized void error(String message, Exception e, int code) {
                reported.incrementAndGet();
            }
        });

        lines.publish(new LogRecord(Level.SEVERE, "one"));
        lines.publish(new LogRecord(Level.SEVERE, "two"));

        assertThat(reported).hasValue(2);
    }

    @Test
    void afterItIsClosedALineIsWrittenAtOnce() {
        Gate stream = new Gate().opened();
        Lines lines = new Lines(stream, BARE);
        lines.publish(new LogRecord(Level.INFO, "one"));
        lines.close();

        lines.publish(new LogRecord(Level.INFO, "two"));

        assertThat(stream.text).hasToString("one\ntwo\n");
    }
}
