package io.meterport.domain.portal;

import io.meterport.domain.subject.SubjectKey;

/**
 * What is to end now. It covers the tokens that exist when it is written, and none made after it;
 * which is which is decided by a counter, never by a clock.
 */
public sealed interface Revocation {
    /** One token; nothing happens if there is none such in the namespace. */
    record OfToken(TokenId id) implements Revocation {}

    /** All tokens of one subject. */
    record OfSubject(SubjectKey subject) implements Revocation {}

    /** All tokens of one subject that carry that session label. */
    record OfSession(SubjectKey subject, String session) implements Revocation {}

    /** All tokens asked for by one API key. */
    record OfApiKey(String keyId) implements Revocation {}

    /** All tokens of the namespace. */
    record OfNamespace() implements Revocation {}

    /** All tokens of all namespaces, as after a restore. */
    record Global() implements Revocation {}
}
