package io.meterport.application.spi;

import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;

/** Forgets all that a subject ever did. */
public interface Erasure {
    /**
     * Deletes the subject's events and takes them out of all usage, that of all subjects together
     * included; cannot be undone. From its first moment on nothing of them is shown for the subject;
     * when it returns, nothing of them is left, even if it had been interrupted before. Events that
     * come meanwhile are kept. One that was erased stays known: sent again, it is skipped.
     *
     * @return how many events were deleted
     */
    long erase(Namespace namespace, SubjectKey subject);
}
