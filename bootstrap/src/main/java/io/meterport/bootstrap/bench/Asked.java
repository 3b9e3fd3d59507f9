package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The requests of workload W. */
final class Asked {
    /** How many events there are in a batch. */
    static final int BATCH = 1_000;

    private Asked() {}

    /** Batches of events of the last hour. */
    static Requests batches(String key, int connection) {
        return batches(key, connection, new Tally());
    }

    /** The same, adding what is acknowledged to that. */
    static FreshEvents batches(String key, int connection, Tally tally) {
        return FreshEvents.batches(key, ofLastHour(connection), BATCH, tally);
    }

    /** Single events of the last hour. */
    static Requests singles(String key, int connection) {
        return singles(key, connection, new Tally());
    }

    /** The same, adding what is acknowledged to that. */
    static FreshEvents singles(String key, int connection, Tally tally) {
        return FreshEvents.singles(key, ofLastHour(connection), tally);
    }

    /** That batch. */
    static byte[] batch(String key, byte[] events) {
        return post(key, events, "application/cloudevents-batch+json");
    }

    /** That event. */
    static byte[] single(String key, byte[] event) {
        return post(key, event, "application/cloudevents+json");
    }

    /** The last 31 days of the holder of each token, in UTC and in New York. */
    static byte[][] months(String[] tokens) {
        byte[][] requests = new byte[tokens.length * 2][];
        for (int i = 0; i < tokens.length; i++) {
            requests[2 * i] = month(tokens[i], ZoneOffset.UTC, "UTC");
            requests[2 * i + 1] =
                    month(tokens[i], ZoneId.of("America/New_York"), "America%2FNew_York");
        }
        return requests;
    }

    /** The same questions, asked by somebody who has that server's answers. */
    static byte[][] tagged(int port, byte[][] requests) throws IOException {
        byte[][] tagged = new byte[requests.length][];
        try (RawConnection connection = new RawConnection(port)) {
            for (int i = 0; i < requests.length; i++) {
                connection.exchange(requests[i]);
                String head = new String(requests[i], StandardCharsets.US_ASCII);
                tagged[i] = (head.substring(0, head.length() - 2) + "If-None-Match: "
                                + connection.tag() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
            }
        }
        return tagged;
    }

    /** Those requests for ever, each connection beginning with another one. */
    static Requests inTurn(byte[][] requests, int connection) {
        int[] next = {connection * 61};
        return () -> requests[next[0]++ % requests.length];
    }

    /** How many bytes the answer to that request has. */
    static int answerBytes(int port, byte[] request) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.exchange(request);
            return connection.body().getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private static Workload ofLastHour(int connection) {
        return new Workload(System.nanoTime() + connection, Instant.now(), Duration.ofHours(1));
    }

    private static byte[] post(String key, byte[] body, String contentType) {
        return RawConnection.post("/api/v1/events", key, contentType, body);
    }

    private static byte[] month(String token, ZoneId zone, String name) {
        LocalDate today = LocalDate.now(zone);
        Instant from = today.minusDays(Prepared.DAYS - 1).atStartOfDay(zone).toInstant();
        Instant to = today.plusDays(1).atStartOfDay(zone).toInstant();
        return RawConnection.get(
                "/api/v1/portal/meters/tokens/query?windowSize=DAY&windowTimeZone=" + name
                        + "&from=" + from + "&to=" + to,
                token);
    }
}
