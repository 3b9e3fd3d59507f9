package io.meterport.application.spi;

import java.util.List;

/**
 * What everything in a storage is told as when it moves to another one: tables of rows of texts, in
 * the order in which they are moved. Numbers are decimal without needless digits, bytes are
 * hexadecimal in small letters, times are microseconds since 1970, hashes are SHA-256 or the first
 * half of it.
 */
public enum MovedTable {
    /** The version of the catalog. */
    CATALOG("version"),
    METER(
            "position",
            "id",
            "namespace",
            "slug",
            "name",
            "description",
            "event_type",
            "event_from",
            "aggregation",
            "value_property",
            "dimensions",
            "metadata",
            "created_at",
            "updated_at",
            "deleted_at"),
    SUBJECT(
            "id",
            "namespace",
            "key",
            "display_name",
            "metadata",
            "stripe_customer_id",
            "created_at",
            "updated_at",
            "deleted_at"),
    /** Tokens, with hashes of their secrets and of the names of their sessions. */
    PORTAL_TOKEN(
            "id",
            "namespace",
            "subject",
            "hash",
            "meters",
            "restrictions",
            "hints",
            "session_hash",
            "created_seq",
            "created_at",
            "expires_at",
            "issued_by",
            "revoked_seq",
            "last_used_at"),
    /** The number of the last revocation, and the longest life that a token was ever allowed. */
    REVOCATION_HEAD("seq", "longest_life"),
    REVOCATION("seq", "namespace", "kind", "target", "actor", "created_at", "live_until"),
    WATERMARK("namespace", "kind", "target_hash", "seq"),
    API_KEY(
            "position",
            "id",
            "namespace",
            "name",
            "scopes",
            "hash",
            "created_at",
            "expires_at",
            "revoked_at",
            "last_used_at"),
    /** The highest time that was ever seen; no row if none was. */
    CLOCK_MARK("time"),
    AUDIT("number", "namespace", "at", "actor", "action", "target"),
    /** Namespaces that have events. */
    NAMESPACE("id", "name"),
    /** What has a namespace, a type and a subject in common, and when it changed last. */
    SERIES("id", "namespace", "type", "subject", "changed", "changed_at"),
    /** The moment before which events are deleted. */
    HORIZON("moment"),
    /** The greatest number that an event was ever given. */
    EVENT_ORDER("last"),
    /** Events by their numbers, which are the order of their arrival; data as it is stored. */
    EVENT("number", "series", "namespace", "time", "source", "name", "ingested", "stored", "data"),
    /** What the keys of events begin with before they are hashed. */
    KEY_SALT("salt"),
    /** The keys of all events that were ever stored. */
    EVENT_KEY("key"),
    /** How far each meter's counting of old events is; only those that count. */
    BUILD("number", "meter", "paths", "position", "last", "data_from"),
    /** The dimension values that came together, as an array in JSON. */
    COMBINATION("build", "id", "texts"),
    HOUR_TOTAL("build", "series", "hour", "first", "last", "events", "vals", "at", "number"),
    HOUR_PART(
            "build",
            "series",
            "hour",
            "combination",
            "first",
            "last",
            "events",
            "vals",
            "at",
            "number"),
    MINUTE_TOTAL("build", "series", "minute", "events", "vals", "at", "number"),
    MINUTE_PART("build", "series", "minute", "combination", "events", "vals", "at", "number"),
    /** The values that a meter of distinct values has seen, by the hour. */
    PRESENCE("build", "series", "hour", "combination", "value");

    @SuppressWarnings("ImmutableEnumChecker") // It is: List.of makes it.
    private final List<String> columns;

    MovedTable(String... columns) {
        this.columns = List.of(columns);
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        return columns;
    }
}
