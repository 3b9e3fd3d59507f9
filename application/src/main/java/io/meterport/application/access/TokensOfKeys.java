package io.meterport.application.access;

/** The portal tokens that API keys have made. */
@FunctionalInterface
public interface TokensOfKeys {
    /** Ends those that the key of that id has made so far; durable when it returns, and audited. */
    void end(ApiKey by, String keyId);
}
