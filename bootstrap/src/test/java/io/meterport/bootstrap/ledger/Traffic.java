package io.meterport.bootstrap.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The events of one client: decimals of many digits, times about now and across a change of clocks,
 * ids that differ only in how source and id are cut, and now and then one that was sent before.
 * Deterministic for a seed and {@code now}. Not thread-safe.
 */
final class Traffic {
    /** Where clocks go back an hour among the events. */
    static final ZoneId ZONE = ZoneId.of("America/New_York");
    /** How far back the greater part of the events lies. */
    static final Duration RECENT = Duration.ofHours(4);
    /** So far before the last event lies a moment that begins no minute. */
    static final Duration RAGGED = Duration.ofMillis(7_654_321);

    private static final Instant CLOCKS_GO_BACK = Instant.parse("2025-11-02T06:00:00Z");
    private static final int REPEATS_REMEMBERED = 1_000;

    private final Random random;
    private final String client;
    private final int subjects;
    private final Instant now;
    private final List<String> keys = new ArrayList<>();
    private int number;

    /**
     * @param client with the seed it tells these events apart from those of others
     * @param subjects how many there are
     * @param now the latest time of an event
     */
    Traffic(long seed, int client, int subjects, Instant now) {
        this.random = new Random(seed * 1_000 + client);
        this.client = seed + "." + client;
        this.subjects = subjects;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A subject by its number. */
    static String subject(int number) {
        return "customer-" + number;
    }

    /** The source and id of events, written as one batch: a JSON array on one line. */
    Batch batch(int size) {
        StringBuilder json = new StringBuilder(size * 200).append('[');
        int[] fresh = new int[subjects];
        for (int i = 0; i < size; i++) {
            int subject = random.nextInt(subjects);
            boolean isNew = keys.isEmpty() || random.nextInt(50) > 0;
            String key = isNew ? newKey() : keys.get(random.nextInt(keys.size()));
            fresh[subject] += isNew ? 1 : 0;
            json.append(i == 0 ? "" : ",").append("{\"specversion\":\"1.0\",").append(key);
            json.append(",\"type\":\"").append(Meters.TYPE);
            json.append("\",\"subject\":\"").append(subject(subject));
            json.append("\",\"time\":\"").append(time());
            json.append("\",\"data\":{\"value\":").append(value());
            json.append(",\"model\":\"model-").append(random.nextInt(3)).append("\"}}");
        }
        return new Batch(json.append(']').toString(), fresh);
    }

    /** A size between 1 and that, more often small than large. */
    int size(int most) {
        double draw = random.nextDouble();
        return 1 + (int) ((most - 1) * draw * draw * draw);
    }

    /**
     * Some events.
     *
     * @param json the body that sends them
     * @param fresh how many of each subject were never sent before
     */
    record Batch(String json, int[] fresh) {
        int size() {
            return (int) json.chars().filter(c -> c == '{').count() / 2;
        }
    }

    /** Every other one would be the one before it if source and id were simply joined. */
    private String newKey() {
        number++;
        int pair = number / 2;
        String key = number % 2 == 0
                ? "\"source\":\"ledger\",\"id\":\"-" + client + "-" + pair + "\""
                : "\"source\":\"ledger-" + client + "\",\"id\":\"-" + (pair + 1) + "\"";
        if (keys.size() < REPEATS_REMEMBERED) {
            keys.add(key);
        } else {
            keys.set(number % REPEATS_REMEMBERED, key);
        }
        return key;
    }

    private Instant time() {
        long micros = random.nextLong(RECENT.toNanos() / 1_000);
        return switch (random.nextInt(4)) {
            case 0 -> CLOCKS_GO_BACK.plus(micros - 7_200_000_000L, ChronoUnit.MICROS);
            case 1 -> now.minus(Duration.ofMinutes(random.nextInt(3_000)));
            default -> now.minus(micros, ChronoUnit.MICROS);
        };
    }

    /** Sums of these are exact with decimals and wrong with floating point. */
    private String value() {
        return switch (random.nextInt(4)) {
            case 0 -> String.valueOf(random.nextInt(5));
            case 1 ->
                new BigDecimal(BigInteger.valueOf(random.nextLong(-999, 9_999)), 2).toPlainString();
            case 2 -> new BigDecimal(new BigInteger(80, random), 12).toPlainString();
            default -> "0.1";
        };
    }
}
