package io.meterport.bootstrap.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/**
 * Workload W: 1,000 subjects by Zipf's law with exponent 1, random ids, one dimension of 10 values,
 * events of about 430 bytes. Deterministic for a seed but for the ids' version bits. Not
 * thread-safe: one for each thread.
 */
public final class Workload {
    static final int SUBJECTS = 1_000;
    static final int MODELS = 10;

    private final Random random;
    private final Instant end;
    private final long spreadMicros;
    private final double[] upTo = new double[SUBJECTS];

    /**
     * @param end the latest event time
     * @param spread how far back from it event times are spread, evenly
     */
    public Workload(long seed, Instant end, Duration spread) {
        this.random = new Random(seed);
        this.end = end;
        this.spreadMicros = spread.toNanos() / 1_000;
        double sum = 0;
        for (int i = 0; i < SUBJECTS; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        for (int i = 0; i < SUBJECTS; i++) {
            upTo[i] /= sum;
        }
    }

    /** A JSON array of that many CloudEvents. */
    public byte[] batch(int size) {
        StringBuilder json = new StringBuilder(size * 440).append('[');
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                json.append(',');
            }
            event(json);
        }
        return json.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A JSON array of CloudEvents, one of each subject, all at that time. */
    static byte[] oneOfEach(Instant time) {
        Workload work = new Workload(time.toEpochMilli(), time, Duration.ZERO);
        StringBuilder json = new StringBuilder(SUBJECTS * 440);
        for (int i = 0; i < SUBJECTS; i++) {
            json.append(i == 0 ? '[' : ',');
            work.event(json, subject(i));
        }
        return json.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A JSON array of that many CloudEvents of one subject. */
    byte[] batch(int size, String subject) {
        StringBuilder json = new StringBuilder(size * 440);
        for (int i = 0; i < size; i++) {
            json.append(i == 0 ? '[' : ',');
            event(json, subject);
        }
        return json.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** One CloudEvent. */
    byte[] single() {
        StringBuilder json = new StringBuilder(440);
        event(json);
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static String subject(int rank) {
        return "customer-%04d".formatted(rank);
    }

    private void event(StringBuilder json) {
        event(json, subject(rank()));
    }

    private void event(StringBuilder json, String subject) {
        int start = json.length();
        long micros = (long) (random.nextDouble() * spreadMicros);
        Instant time = end.minusNanos(micros * 1_000);
        UUID id = new UUID(random.nextLong(), random.nextLong());
        json.append("{\"specversion\":\"1.0\",\"id\":\"").append(id);
        json.append("\",\"source\":\"api-gateway-").append(random.nextInt(8));
        json.append("\",\"type\":\"prompt\",\"subject\":\"").append(subject);
        json.append("\",\"time\":\"").append(time);
        json.append("\",\"data\":{\"tokens\":").append(random.nextInt(1, 5_000));
        json.append(",\"model\":\"model-").append(random.nextInt(MODELS));
        json.append("\",\"request\":\"").append(Long.toHexString(random.nextLong()));
        json.append("\",\"note\":\"");
        int rest = 430 - (json.length() - start) - 3;
        for (int i = 0; i < rest; i++) {
            json.append((char) ('a' + (i * 7 + start) % 26));
        }
        json.append("\"}}");
    }

    private int rank() {
        double at = random.nextDouble();
        int low = 0;
        int high = SUBJECTS - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
