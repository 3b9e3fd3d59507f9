package io.meterport.application.spi;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Violation;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Horizon;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Events that are stored together or not at all.
 *
 * @param catalogVersion the version of the meters that the contributions were worked out with
 * @param ingestedAt when they were received
 */
public record EventBatch(
        Namespace namespace, long catalogVersion, Instant ingestedAt, List<MeteredEvent> events) {
    public EventBatch {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(ingestedAt, "ingestedAt");
        events = List.copyOf(events);
    }

    /** Why the batch has to be refused, if an event of it is before the horizon. */
    public Optional<ProblemException> refusal(Horizon horizon) {
        for (int i = 0; i < events.size(); i++) {
            if (horizon.isAfter(events.get(i).event().time())) {
                return Optional.of(tooOld(i, horizon));
            }
        }
        return Optional.empty();
    }

    /** The refusal of the batch because of that event: its dimension values are new ones. */
    public ProblemException tooManyCombinations(int index, long most) {
        return refusal(
                index,
                "too-many-combinations",
                "brings another combination of dimension values to a meter that may have " + most,
                "/data");
    }

    /** The refusal of the batch because of that event: its subject is a new one. */
    public ProblemException tooManySubjects(int index, long most) {
        return refusal(
                index,
                "too-many-subjects",
                "brings another subject to a namespace that may have " + most,
                "/subject");
    }

    private ProblemException tooOld(int index, Horizon horizon) {
        return refusal(
                index,
                "event-too-old",
                "time must not be before " + horizon.moment()
                        + ", because older events are no longer kept",
                "/time");
    }

    private ProblemException refusal(int index, String code, String what, String member) {
        String which = events.size() == 1 ? "The event" : "Event " + index;
        String message = which + ": " + what;
        String place = events.size() == 1 ? "" : "/" + index + member;
        return new ProblemException(
                new Problem.Invalid(code, message, List.of(new Violation(code, message, place))));
    }
}
