package io.meterport.application.spi;

/** What is written into the audit, each in the transaction that does it. */
public enum AuditAction {
    /** A portal token was made; the target is its id. */
    TOKEN_CREATE("token.create"),
    /** One token was revoked; the target is its id. */
    TOKEN_REVOKE("token.revoke"),
    /** All tokens of a subject were revoked; the target is its key. */
    SUBJECT_REVOKE("subject.revoke"),
    /** Everything about a subject was erased; the target is its key. */
    SUBJECT_ERASE("subject.erase"),
    /** All tokens of a session were revoked; the target is the subject's key and the label. */
    SESSION_REVOKE("session.revoke"),
    /** All tokens made with an API key were revoked; the target is its id. */
    KEY_TOKENS_REVOKE("key-tokens.revoke"),
    /** All tokens of a namespace were revoked. */
    NAMESPACE_REVOKE("namespace.revoke"),
    /** All tokens of all namespaces were revoked. */
    GLOBAL_REVOKE("global.revoke"),
    /** An API key was made; the target is its id. */
    KEY_CREATE("key.create"),
    /** An API key was revoked; the target is its id. */
    KEY_REVOKE("key.revoke"),
    /** A meter was made; the target is its id. */
    METER_CREATE("meter.create"),
    /** A meter was given another name, description, metadata or other dimensions. */
    METER_UPDATE("meter.update"),
    /** A meter was deleted. */
    METER_DELETE("meter.delete");

    private final String text;

    AuditAction(String text) {
        this.text = text;
    }

    /** How it is written. */
    public String text() {
        return text;
    }
}
