package io.meterport.adapters.http;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Violation;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one CloudEvent 1.0 in JSON, strictly. Stateless. */
final class CloudEventJson {
    private static final String CODE = "invalid-event";
    private static final String TOO_OLD = "event-too-old";
    private static final int MOST_EXTENSIONS = 64;
    private static final Set<String> VERSIONS = Set.of("1.0", "0.3");
    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "source",
            "specversion",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "dataschema",
            "data");

    private CloudEventJson() {}

    /**
     * The event that the value is.
     *
     * @param receivedAt the time of an event that says none
     * @param pointer where it stands in the body; empty if it is the body
     * @throws ProblemException {@code invalid-event} or {@code event-too-old}, with the place of the
     *     first fault
     */
    static Event read(Json json, Instant receivedAt, String pointer) {
        Members members = Members.of(json, pointer, CODE);
        if (!VERSIONS.contains(members.requiredText("specversion"))) {
            throw members.fault("specversion", "must be 1.0");
        }
        checkOthers(members);
        String id = members.requiredText("id");
        String source = members.requiredText("source");
        return new Event(
                key(members, source, id),
                checked(members, "type", EventType::new, members.requiredText("type")),
                checked(members, "subject", SubjectKey::new, members.requiredText("subject")),
                time(members, receivedAt),
                data(members));
    }

    private static EventKey key(Members members, String source, String id) {
        try {
            return new EventKey(source, id);
        } catch (ProblemException e) {
            // One of the two is at fault: the id, if it is refused beside a source that is not.
            checked(members, "id", other -> new EventKey("/", other), id);
            return checked(members, "source", other -> new EventKey(other, "0"), source);
        }
    }

    private interface Kind<T> {
        T of(String text);
    }

    /** Whatever kind of value is refused: in an event it makes an invalid event. */
    private static <T> T checked(Members members, String name, Kind<T> kind, String text) {
        try {
            return kind.of(text);
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Invalid invalid) {
                throw Faults.at(CODE, invalid.detail(), members.place(name));
            }
            throw e;
        }
    }

    private static Instant time(Members members, Instant receivedAt) {
        if (!members.has("time") || members.isNull("time")) {
            return receivedAt;
        }
        Instant time = members.time("time").map(OffsetDateTime::toInstant).orElse(receivedAt);
        if (!time.isAfter(Instant.EPOCH)) {
            throw Faults.at(
                    TOO_OLD,
                    "time must be after " + Rfc3339.utc(Instant.EPOCH) + ".",
                    members.place("time"));
        }
        return time;
    }

    private static Optional<Json.Obj> data(Members members) {
        members.nullableText("datacontenttype").filter(type -> !isJson(type)).ifPresent(type -> {
            throw members.fault("datacontenttype", "must be application/json");
        });
        return members.nullableObject("data");
    }

    private static boolean isJson(String type) {
        int semicolon = type.indexOf(';');
        String bare = semicolon < 0 ? type : type.substring(0, semicolon);
        return bare.strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static void checkOthers(Members members) {
        members.nullableText("dataschema").filter(String::isEmpty).ifPresent(empty -> {
            throw members.fault("dataschema", "must not be empty");
        });
        int extensions = 0;
        for (Map.Entry<String, Json> member : members.object().members().entrySet()) {
            if (!ATTRIBUTES.contains(member.getKey())) {
                checkExtension(members, member.getKey(), member.getValue());
                extensions++;
            }
        }
        if (extensions > MOST_EXTENSIONS) {
            throw Faults.at(
                    CODE,
                    "There may be at most " + MOST_EXTENSIONS + " extension attributes.",
                    members.pointer());
        }
    }

    private static void checkExtension(Members members, String name, Json value) {
        boolean fit = !name.isEmpty() && name.chars().allMatch(CloudEventJson::isNameCharacter);
        if (!fit) {
            throw Faults.at(
                    CODE,
                    "An extension attribute is named by letters and digits only.",
                    members.place(name));
        }
        if (value instanceof Json.Obj || value instanceof Json.Arr) {
            throw Faults.at(
                    CODE,
                    "An extension attribute must be a string, number or boolean.",
                    members.place(name));
        }
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** The fault of an event of a batch, told with the event's place. */
    static Violation numbered(Violation violation, int index) {
        return new Violation(
                violation.code(), "Event " + index + ": " + violation.message(), violation.field());
    }
}
