package io.meterport.application.spi;

import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.Subject;
import io.meterport.domain.subject.SubjectId;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps registered subjects. */
public interface SubjectStore {
    /**
     * Registers or changes these, all of them or none, and returns them in the same order.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code duplicate-subject} (conflict) if
     *     a new key stands there twice
     */
    List<Subject> upsert(Namespace namespace, List<SubjectChange> changes, Instant now);

    /** The live subjects, in the order of their ids. */
    List<Subject> all(Namespace namespace);

    /** The subject of that id, live or deleted. */
    Optional<Subject> find(Namespace namespace, SubjectId id);

    /** The live subject of that key. */
    Optional<Subject> find(Namespace namespace, SubjectKey key);

    /** Deletes that subject if it is live; its usage stays. */
    void delete(Namespace namespace, SubjectId id, Instant at);

    /** Forgets all that was ever registered under that key, deleted or not. */
    void erase(Namespace namespace, SubjectKey key);
}
