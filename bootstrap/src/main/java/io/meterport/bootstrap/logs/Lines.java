package io.meterport.bootstrap.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Hands lines to a stream from a thread of its own. A warning is there when {@code publish} returns;
 * what tells of ordinary requests waits a moment for more, since to write each by itself cost a
 * tenth of a portal query. Where the stream takes nothing, publishing waits as soon as a mebibyte
 * does; no line is dropped while the stream works. Thread-safe.
 */
final class Lines extends Handler {
    private static final int MOST_BYTES = 1 << 20;
    private static final long MOMENT = Duration.ofMillis(10).toNanos();
    private static final long LAST_MOMENT = Duration.ofSeconds(5).toMillis();

    private final OutputStream stream;
    private final Thread writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition isUrgent = lock.newCondition();
    private final Condition wrote = lock.newCondition();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long added;
    private long written;
    private boolean urgent;
    private boolean closed;

    Lines(OutputStream stream, Formatter formatter) {
        this.stream = stream;
        setFormatter(formatter);
        writer = Thread.ofPlatform().name("log").daemon().start(this::write);
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        byte[] line;
        try {
            line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            reportError(null, e, ErrorManager.FORMAT_FAILURE);
            return;
        }
        lock.lock();
        try {
            while (waiting.size() > MOST_BYTES && !closed) {
                wrote.awaitUninterruptibly();
            }
            if (closed) {
                hand(line);
                return;
            }
            waiting.writeBytes(line);
            long number = ++added;
            came.signal();
            if (record.getLevel().intValue() > Level.INFO.intValue()) {
                awaitWritten(number);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            awaitWritten(added);
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits; what comes later is written at once. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            came.signal();
            isUrgent.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(LAST_MOMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitWritten(long number) {
        while (written < number && !closed) {
            urgent = true;
            isUrgent.signal();
            wrote.awaitUninterruptibly();
        }
    }

    private void write() {
        while (true) {
            byte[] lines;
            long last;
            lock.lock();
            try {
                while (waiting.size() == 0 && !closed) {
                    came.awaitUninterruptibly();
                }
                awaitMoment();
                lines = waiting.toByteArray();
                last = added;
                waiting.reset();
                urgent = false;
                if (lines.length == 0 && closed) {
                    wrote.signalAll();
                    return;
                }
            } finally {
                lock.unlock();
            }
            hand(lines);
            lock.lock();
            try {
                written = last;
                wrote.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void awaitMoment() {
        long left = MOMENT;
        try {
            while (left > 0 && !urgent && !closed && waiting.size() < MOST_BYTES) {
                left = isUrgent.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it; if somebody does, lines are written sooner.
        }
    }

    private void hand(byte[] lines) {
        try {
            stream.write(lines);
            stream.flush();
        } catch (IOException e) {
            reportError(null, e, ErrorManager.WRITE_FAILURE);
        }
    }
}
