package io.meterport.adapters.http;

import io.meterport.application.spi.EventCursor;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Places in lists of events, as text that clients hand back without looking into it. */
final class EventCursors {
    private static final int BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;
    private static final long NANOS = 1_000_000_000;

    private EventCursors() {}

    static String write(StoredEvent stored) {
        return write(EventCursor.of(stored));
    }

    static String write(EventCursor cursor) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(cursor.time().getEpochSecond())
                .putInt(cursor.time().getNano())
                .putLong(cursor.sequence())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The place, or {@code invalid-cursor}. */
    static EventCursor read(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES) {
                throw invalid();
            }
            long seconds = bytes.getLong();
            int nanos = bytes.getInt();
            if (nanos < 0 || nanos >= NANOS) {
                throw invalid();
            }
            return new EventCursor(Instant.ofEpochSecond(seconds, nanos), bytes.getLong());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return Faults.of("invalid-cursor", "cursor is not one that this server gave out.");
    }
}
