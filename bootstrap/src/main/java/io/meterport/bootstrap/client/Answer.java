package io.meterport.bootstrap.client;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import io.meterport.domain.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param retryAfterSeconds what it says of trying again
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, by the command that asked.
record Answer(int status, byte[] body, Optional<Long> retryAfterSeconds) {
    /** This answer, or a failure that tells what the server said. */
    Answer orFailure() {
        if (status >= 200 && status < 300) {
            return this;
        }
        String hint = status == 401
                ? " Set METERPORT_API_KEY, or name the server's data folder with --data."
                : "";
        throw new CommandFailure("The server refused (" + status + "): " + detail() + hint);
    }

    /** The problem's sentence. */
    String detail() {
        Map<String, Json> problem = problem();
        return Fields.text(problem, "detail")
                .or(() -> Fields.text(problem, "title"))
                .orElse("no reason was given.");
    }

    /** The problem's list of faults, if it has one. */
    List<Json> validationErrors() {
        return Optional.ofNullable(problem().get("extensions"))
                .map(Fields::members)
                .map(extensions -> Fields.items(extensions, "validationErrors"))
                .orElse(List.of());
    }

    /** The body as JSON. */
    Json json() {
        try {
            return JsonReader.read(body);
        } catch (ProblemException e) {
            throw new CommandFailure("What answers there does not speak like Meterport.");
        }
    }

    /** The body as text. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private Map<String, Json> problem() {
        try {
            return Fields.members(JsonReader.read(body));
        } catch (ProblemException e) {
            return Map.of();
        }
    }
}
