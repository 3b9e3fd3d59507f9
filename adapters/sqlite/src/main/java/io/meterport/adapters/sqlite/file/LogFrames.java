package io.meterport.adapters.sqlite.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads SQLite's write-ahead log, one frame after the other: a page and before it whether a
 * transaction ended with it, two numbers that change whenever the log is begun anew, and a checksum
 * over it and all frames before.
 */
final class LogFrames implements AutoCloseable {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int LITTLE = 0x377f0682;
    private static final int BIG = 0x377f0683;
    private static final int BUFFER = 1 << 20;

    private final InputStream in;
    private final byte[] frame;
    private final ByteBuffer bytes;
    private final ByteOrder order;
    private final boolean hasSoundHeader;
    private long salts;
    private long sum;
    private boolean isCommit;
    private boolean follows;

    private LogFrames(InputStream in, ByteBuffer header, int pageSize) {
        this.in = in;
        this.frame = new byte[FRAME_HEADER + pageSize];
        this.bytes = ByteBuffer.wrap(frame);
        int magic = header.getInt(0);
        this.order = magic == BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.salts = header.getLong(16);
        this.sum = header.getLong(24);
        this.hasSoundHeader = (magic == LITTLE || magic == BIG)
                && header.getInt(8) == pageSize
                && added(0, header, 0, HEADER - 8) == sum;
    }

    /** Opens the log of a database with pages of that size; empty if there is none. */
    static Optional<LogFrames> open(Path log, int pageSize) throws IOException {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(log), BUFFER);
        try {
            byte[] header = in.readNBytes(HEADER);
            if (header.length == HEADER) {
                return Optional.of(new LogFrames(in, ByteBuffer.wrap(header), pageSize));
            }
        } catch (IOException e) {
            in.close();
            throw e;
        }
        in.close();
        return Optional.empty();
    }

    /** Whether the log begins as it was written. */
    boolean hasSoundHeader() {
        return hasSoundHeader;
    }

    /** Goes to the next frame; returns whether there is one. */
    boolean next() throws IOException {
        if (in.readNBytes(frame, 0, frame.length) < frame.length) {
            return false;
        }
        long ownSum = bytes.getLong(16);
        long ownSalts = bytes.getLong(8);
        long expected = added(sum, bytes, 0, 8);
        expected = added(expected, bytes, FRAME_HEADER, frame.length);
        follows = ownSalts == salts && ownSum == expected;
        isCommit = bytes.getInt(4) != 0;
        // Behind the end lie frames of the time before the log was begun anew, with other numbers;
        // where its head is broken, each frame can only be held against the one before.
        salts = hasSoundHeader ? salts : ownSalts;
        sum = ownSum;
        return true;
    }

    /** Whether this frame is as it was written, behind the one before it as that one says it is. */
    boolean follows() {
        return follows;
    }

    /** Whether a transaction ended with this frame. */
    boolean isCommit() {
        return isCommit;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The checksum, two halves in one number, with those bytes added to it. */
    private long added(long before, ByteBuffer buffer, int from, int to) {
        ByteBuffer words = buffer.duplicate().order(order);
        int first = (int) (before >>> 32);
        int second = (int) before;
        for (int at = from; at < to; at += 8) {
            first += words.getInt(at) + second;
            second += words.getInt(at + 4) + first;
        }
        return ((long) first << 32) | (second & 0xffffffffL);
    }
}
