package io.meterport.application.subject;

import io.meterport.application.spi.SubjectChange;
import io.meterport.application.spi.SubjectStore;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.Subject;
import io.meterport.domain.subject.SubjectId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** Registers, changes and deletes subjects. Thread-safe. */
public final class RegisterSubjects {
    private final SubjectStore subjects;
    private final FindSubjects find;
    private final InstantSource time;
    private final Supplier<String> ids;

    /**
     * @param ids gives a new ULID each time
     */
    public RegisterSubjects(
            SubjectStore subjects, FindSubjects find, InstantSource time, Supplier<String> ids) {
        this.subjects = subjects;
        this.find = find;
        this.time = time;
        this.ids = ids;
    }

    /** Registers or changes these, all or none; returns them in the same order. */
    public List<Subject> upsert(Namespace namespace, List<SubjectDraft> drafts) {
        List<SubjectChange> changes = drafts.stream().map(this::change).toList();
        return subjects.upsert(namespace, changes, time.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Deletes a subject; named by its id, one already deleted stays so. Or {@code unknown-subject}. */
    public void delete(Namespace namespace, String idOrKey) {
        Subject subject = find.named(namespace, idOrKey);
        subjects.delete(namespace, subject.id(), time.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private SubjectChange change(SubjectDraft draft) {
        return new SubjectChange(
                new SubjectId(ids.get()),
                draft.key(),
                draft.displayName(),
                draft.metadata(),
                draft.stripeCustomerId());
    }
}
