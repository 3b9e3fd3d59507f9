package io.meterport.application.spi;

import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.Subject;
import io.meterport.domain.subject.SubjectId;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Subjects in a map. */
final class MemorySubjects implements SubjectStore {
    private final Map<SubjectId, Subject> subjects = new HashMap<>();

    @Override
    public synchronized List<Subject> upsert(
            Namespace namespace, List<SubjectChange> changes, Instant now) {
        Set<SubjectKey> fresh = new HashSet<>();
        for (SubjectChange change : changes) {
            if (find(namespace, change.key()).isEmpty() && !fresh.add(change.key())) {
                throw new ProblemException(new Problem.Conflict(
                        "duplicate-subject", "A new subject stands there twice."));
            }
        }
        List<Subject> changed = new ArrayList<>();
        for (SubjectChange change : changes) {
            Subject subject = changed(namespace, change, now);
            subjects.put(subject.id(), subject);
            changed.add(subject);
        }
        return List.copyOf(changed);
    }

    @Override
    public synchronized List<Subject> all(Namespace namespace) {
        return subjects.values().stream()
                .filter(subject -> subject.namespace().equals(namespace))
                .filter(subject -> subject.deletedAt().isEmpty())
                .sorted(Comparator.comparing(subject -> subject.id().value()))
                .toList();
    }

    @Override
    public synchronized Optional<Subject> find(Namespace namespace, SubjectId id) {
        return Optional.ofNullable(subjects.get(id))
                .filter(subject -> subject.namespace().equals(namespace));
    }

    @Override
    public synchronized Optional<Subject> find(Namespace namespace, SubjectKey key) {
        return all(namespace).stream()
                .filter(subject -> subject.key().equals(key))
                .findFirst();
    }

    @Override
    public synchronized void delete(Namespace namespace, SubjectId id, Instant at) {
        find(namespace, id)
                .filter(subject -> subject.deletedAt().isEmpty())
                .ifPresent(old -> subjects.put(
                        id,
                        new Subject(
                                old.id(),
                                old.namespace(),
                                old.key(),
                                old.displayName(),
                                old.metadata(),
                                old.stripeCustomerId(),
                                old.createdAt(),
                                old.updatedAt(),
                                Optional.of(at))));
    }

    @Override
    public synchronized void erase(Namespace namespace, SubjectKey key) {
        subjects.values()
                .removeIf(subject ->
                        subject.namespace().equals(namespace) && subject.key().equals(key));
    }

    private Subject changed(Namespace namespace, SubjectChange change, Instant now) {
        Optional<Subject> old = find(namespace, change.key());
        return new Subject(
                old.map(Subject::id).orElse(change.idIfNew()),
                namespace,
                change.key(),
                change.displayName().applyTo(old.flatMap(Subject::displayName)),
                change.metadata().applyTo(old.map(Subject::metadata)).orElse(Json.Obj.EMPTY),
                change.stripeCustomerId().applyTo(old.flatMap(Subject::stripeCustomerId)),
                old.map(Subject::createdAt).orElse(now),
                now,
                Optional.empty());
    }
}
