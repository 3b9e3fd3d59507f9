package io.meterport.application.spi;

/** Where definitions, tokens and keys live: few, and in need of transactions. */
public interface CatalogStorage extends AutoCloseable {
    /** Meters and the catalog version. */
    MeterStore meters();

    /** Registered subjects. */
    SubjectStore subjects();

    /** Portal tokens. */
    PortalTokenStore tokens();

    /** Revocations, in their one order. */
    RevocationLog revocations();

    /** API keys. */
    ApiKeyStore keys();

    /** Who did what about access. */
    AuditLog audit();

    /** The highest time ever seen. */
    ClockMark clock();

    /** Finishes what was accepted and releases everything; idempotent. */
    @Override
    void close();
}
