package io.meterport.bootstrap.client;

import io.meterport.bootstrap.client.EventTexts.EventText;
import io.meterport.domain.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends events in batches, again and again until the server has each, or for good reason not. */
final class Batches {
    /** How many events are sent at once. */
    static final int MOST_EVENTS = 1_000;
    /** How many bytes are sent at once, unless one event alone is longer. */
    static final int MOST_BYTES = 4 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Pattern PLACE = Pattern.compile("/(\\d{1,9})(/.*)?");

    private final Server server;
    private final Progress progress;

    Batches(Server server, Progress progress) {
        this.server = server;
        this.progress = progress;
    }

    /** Sends these; every one is stored durably when this returns. */
    void send(List<EventText> events) {
        byte[] body = body(events);
        Duration waited = Duration.ZERO;
        for (int tries = 0; ; tries++) {
            Optional<Answer> answer = sent(body);
            if (answer.isPresent() && !isWorthRetrying(answer.get())) {
                requireTaken(answer.get(), events);
                return;
            }
            if (waited.compareTo(PATIENCE) >= 0) {
                answer.ifPresent(Answer::orFailure);
                throw server.unreachable();
            }
            if (tries == 0) {
                progress.say("Waiting for the server; nothing is lost or counted twice.");
            }
            waited = waited.plus(pause(tries, answer));
        }
    }

    private Optional<Answer> sent(byte[] body) {
        try {
            return Optional.of(server.send(
                    "POST",
                    "/api/v1/events",
                    BodyPublishers.ofByteArray(body),
                    "Content-Type",
                    "application/cloudevents-batch+json"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isWorthRetrying(Answer answer) {
        return answer.status() == 429 || answer.status() == 503;
    }

    private static Duration pause(int tries, Optional<Answer> answer) {
        Duration grown = Duration.ofMillis(100L << Math.min(tries, 10));
        Duration wanted = answer.flatMap(Answer::retryAfterSeconds)
                .map(Duration::ofSeconds)
                .orElse(grown);
        Duration pause = wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.");
        }
        // Waiting for nothing counts too, so that it ends.
        return pause.plusMillis(1);
    }

    private static void requireTaken(Answer answer, List<EventText> events) {
        List<Json> faults = answer.validationErrors();
        if (answer.status() != 400 || faults.isEmpty()) {
            answer.orFailure();
            return;
        }
        Map<String, Json> first = Fields.members(faults.getFirst());
        String message = Fields.text(first, "message").orElseGet(answer::detail);
        throw new CommandFailure(Fields.text(first, "field")
                .flatMap(field -> place(field, events))
                .map(place -> place + ": " + message)
                .orElse(message));
    }

    /** {@code /3/data} of a batch is the member data of its fourth event. */
    private static Optional<String> place(String field, List<EventText> events) {
        Matcher matcher = PLACE.matcher(field);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= events.size()) {
            return Optional.empty();
        }
        EventText event = events.get(Integer.parseInt(matcher.group(1)));
        String member = matcher.group(2) == null ? "" : ", " + matcher.group(2);
        return Optional.of("Event " + event.number() + " (line " + event.line() + ")" + member);
    }

    private static byte[] body(List<EventText> events) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write('[');
        for (EventText event : events) {
            if (body.size() > 1) {
                body.write(',');
            }
            body.writeBytes(event.bytes());
        }
        body.write(']');
        return body.toByteArray();
    }
}
