package io.meterport.application.subject;

import io.meterport.application.spi.SubjectStore;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.Subject;
import io.meterport.domain.subject.SubjectId;
import io.meterport.domain.subject.SubjectKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds registered subjects. Thread-safe. */
public final class FindSubjects {
    private final SubjectStore subjects;

    public FindSubjects(SubjectStore subjects) {
        this.subjects = subjects;
    }

    /** The live subjects, in the order of their ids. */
    public List<Subject> all(Namespace namespace) {
        return subjects.all(namespace);
    }

    /** The live subject of that key, or the live or deleted one of that id; or {@code unknown-subject}. */
    public Subject named(Namespace namespace, String idOrKey) {
        return subjects.find(namespace, new SubjectKey(idOrKey))
                .or(() -> byId(namespace, idOrKey))
                .orElseThrow(() -> new ProblemException(
                        new Problem.NotFound("unknown-subject", "There is no such subject.")));
    }

    /** Those of {@code keys} that are registered, with their display names, {@code ""} where none is known. */
    public Map<SubjectKey, String> displayNames(Namespace namespace, Collection<SubjectKey> keys) {
        Map<SubjectKey, String> names = new LinkedHashMap<>();
        for (SubjectKey key : keys) {
            subjects.find(namespace, key)
                    .ifPresent(found -> names.put(key, found.displayName().orElse("")));
        }
        return names;
    }

    private Optional<Subject> byId(Namespace namespace, String text) {
        String capitals = text.toUpperCase(Locale.ROOT);
        return Require.isUlid(capitals)
                ? subjects.find(namespace, new SubjectId(capitals))
                : Optional.empty();
    }
}
