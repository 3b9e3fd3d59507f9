package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.json.JsonItems;
import io.meterport.application.ingest.IngestEvents;
import io.meterport.domain.event.Event;
import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the events of a request, in the three forms in which they may come. Stateless. */
final class EventBatches {
    /** The largest batch. */
    static final int MOST_BYTES = 5 << 20;

    private static final String ONE = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String EITHER = "application/json";
    private static final int MOST_FAULTS = 100;

    private EventBatches() {}

    /**
     * All of them; one that breaks a rule refuses the whole request.
     *
     * @param receivedAt the time of events that say none
     */
    static List<Event> read(Exchange exchange, Instant receivedAt) {
        String type = Bodies.mediaType(exchange, List.of(ONE, BATCH, EITHER));
        byte[] body = exchange.body(type.equals(ONE) ? Bodies.MOST_BYTES : MOST_BYTES);
        try (JsonItems items = JsonItems.of(body)) {
            checkForm(type, items.isArray(), body.length);
            List<Event> events = events(items, receivedAt);
            if (events.isEmpty() && type.equals(EITHER)) {
                throw Faults.of("no-events", "The body holds no events.");
            }
            return events;
        }
    }

    private static void checkForm(String type, boolean array, int bytes) {
        if (array && type.equals(ONE)) {
            throw Faults.at(Faults.BODY, "The body must be one event, not an array.", "");
        }
        if (!array && type.equals(BATCH)) {
            throw Faults.at(Faults.BODY, "The body must be an array of events.", "");
        }
        if (!array && bytes > Bodies.MOST_BYTES) {
            throw new ProblemException(new Problem.TooLarge(
                    "body-too-large",
                    "One event may hold at most " + Bodies.MOST_BYTES + " bytes."));
        }
    }

    private static List<Event> events(JsonItems items, Instant receivedAt) {
        List<Event> events = new ArrayList<>();
        List<Violation> faults = new ArrayList<>();
        while (items.hasNext()) {
            Json json = items.next();
            if (items.index() >= IngestEvents.MOST_EVENTS) {
                throw new ProblemException(new Problem.TooLarge(
                        "batch-too-large",
                        "A request may hold at most " + IngestEvents.MOST_EVENTS + " events."));
            }
            String pointer = items.isArray() ? "/" + items.index() : "";
            try {
                events.add(CloudEventJson.read(json, receivedAt, pointer));
            } catch (ProblemException e) {
                collect(e, items, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(new Problem.Invalid(
                    faults.getFirst().code(), faults.getFirst().message(), faults));
        }
        return events;
    }

    private static void collect(ProblemException e, JsonItems items, List<Violation> faults) {
        if (!(e.problem() instanceof Problem.Invalid invalid)
                || invalid.violations().isEmpty()) {
            throw e;
        }
        Violation fault = invalid.violations().getFirst();
        if (faults.size() < MOST_FAULTS) {
            faults.add(items.isArray() ? CloudEventJson.numbered(fault, items.index()) : fault);
        }
    }
}
