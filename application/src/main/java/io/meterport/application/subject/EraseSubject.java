package io.meterport.application.subject;

import io.meterport.application.access.ApiKey;
import io.meterport.application.portal.RevokePortalTokens;
import io.meterport.application.spi.Erasure;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.application.spi.SubjectStore;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.InstantSource;

/** Erases a subject: its tokens, what was registered of it, its events and usage. Thread-safe. */
public final class EraseSubject {
    private final RevokePortalTokens revoke;
    private final PortalTokenStore tokens;
    private final SubjectStore subjects;
    private final Erasure erasure;
    private final InstantSource time;

    public EraseSubject(
            RevokePortalTokens revoke,
            PortalTokenStore tokens,
            SubjectStore subjects,
            Erasure erasure,
            InstantSource time) {
        this.revoke = revoke;
        this.tokens = tokens;
        this.subjects = subjects;
        this.erasure = erasure;
        this.time = time;
    }

    /**
     * What was erased.
     *
     * @param events how many events
     * @param tokens how many portal tokens
     */
    public record Erased(SubjectKey subject, long events, int tokens) {}

    /**
     * Erases the subject of the key's namespace; cannot be undone. Each step is durable and audited
     * before the next; if it was interrupted, asking again finishes it.
     */
    public Erased erase(ApiKey by, SubjectKey subject) {
        Namespace namespace = by.namespace();
        revoke.revoke(by, new Revocation.OfSubject(subject));
        int ended = tokens.erase(namespace, subject, by.id(), time.instant());
        subjects.erase(namespace, subject);
        return new Erased(subject, erasure.erase(namespace, subject), ended);
    }
}
