package io.meterport.adapters.postgres.move;

import io.meterport.application.spi.MovedTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The statements that store moved rows; each column is an array of texts. */
final class Insert {
    private static final String HASH = "sha256(convert_to(%s, 'UTF8'))";

    /** As Java makes it: each text with its length before it. */
    private static final String SERIES_KEY = """
            encode(substr(sha256(
                int4send(octet_length(r.type)) || convert_to(r.type, 'UTF8')
                || int4send(octet_length(r.subject)) || convert_to(r.subject, 'UTF8')),
                1, 16), 'hex')::uuid""";

    private static final String KIND = """
            case meter.aggregation
                when 'MIN' then 1 when 'MAX' then 2 when 'LATEST' then 3 else 0 end""";

    private static final String METERS = """
             join build on build.number = r.build::bigint join meter on meter.id = build.meter""";

    private Insert() {}

    /**
     * The statement for that table.
     *
     * @param columns of which there are as many, or one more for a combination: its key
     */
    static String of(MovedTable table, int columns) {
        List<String> names = new ArrayList<>(table.columns());
        if (columns > names.size()) {
            names.add("key");
        }
        String rows = " from unnest("
                + String.join(", ", Collections.nCopies(columns, "?::text[]"))
                + ") as r (" + String.join(", ", names) + ")";
        return switch (table) {
            case CATALOG -> "update catalog set version = r.version::bigint" + rows;
            case METER -> """
                    insert into meter (position, id, namespace, slug, name, description, event_type,
                        event_from, aggregation, value_property, dimensions, metadata, created_at,
                        updated_at, deleted_at) overriding system value
                    select r.position::bigint, r.id, r.namespace, r.slug, r.name, r.description,
                        r.event_type, r.event_from, r.aggregation, r.value_property, r.dimensions,
                        r.metadata, r.created_at, r.updated_at, r.deleted_at""" + rows;
            case SUBJECT -> """
                    insert into subject (id, namespace, key, key_hash, display_name, metadata,
                        stripe_customer_id, created_at, updated_at, deleted_at)
                    select r.id, r.namespace, r.key,\s""" + HASH.formatted("r.key") + """
                    , r.display_name, r.metadata, r.stripe_customer_id, r.created_at::bigint,
                        r.updated_at::bigint, r.deleted_at::bigint""" + rows;
            case PORTAL_TOKEN -> """
                    insert into portal_token (id, namespace, subject, subject_hash, hash, meters,
                        restrictions, hints, session_hash, created_seq, created_at, expires_at,
                        issued_by, revoked_seq, last_used_at)
                    select r.id, r.namespace, r.subject,\s""" + HASH.formatted("r.subject") + """
                    , decode(r.hash, 'hex'), r.meters, r.restrictions, r.hints,
                        decode(r.session_hash, 'hex'), r.created_seq::bigint,
                        r.created_at::bigint, r.expires_at::bigint, r.issued_by,
                        r.revoked_seq::bigint, r.last_used_at::bigint""" + rows;
            case REVOCATION_HEAD -> """
                    update revocation_head
                    set seq = r.seq::bigint, longest_life = r.longest_life::bigint""" + rows;
            case REVOCATION -> """
                    insert into revocation (seq, namespace, kind, target, target_hash, actor,
                        created_at, live_until)
                    select r.seq::bigint, r.namespace, r.kind, r.target,\s""" + HASH.formatted("r.target") + """
                    , r.actor, r.created_at::bigint, r.live_until::bigint""" + rows;
            case WATERMARK -> """
                    insert into watermark (namespace, kind, target_hash, seq)
                    select r.namespace, r.kind, decode(r.target_hash, 'hex'), r.seq::bigint""" + rows;
            case API_KEY -> """
                    insert into api_key (position, id, namespace, name, scopes, hash, created_at,
                        expires_at, revoked_at, last_used_at) overriding system value
                    select r.position::bigint, r.id, r.namespace, r.name, r.scopes,
                        decode(r.hash, 'hex'), r.created_at::bigint, r.expires_at::bigint,
                        r.revoked_at::bigint, r.last_used_at::bigint""" + rows;
            case CLOCK_MARK -> "insert into clock_mark (one, time) select 1, r.time::bigint" + rows;
            case AUDIT -> """
                    insert into audit (number, namespace, at, actor, action, target)
                        overriding system value
                    select r.number::bigint, r.namespace, r.at::bigint, r.actor, r.action,
                        r.target""" + rows;
            case NAMESPACE -> """
                    insert into namespace (id, name) overriding system value
                    select r.id::bigint, r.name""" + rows;
            case SERIES -> """
                    insert into series (id, namespace, key, type, subject, changed, changed_at)
                        overriding system value
                    select r.id::bigint, r.namespace::bigint,\s""" + SERIES_KEY + """
                    , r.type, r.subject, r.changed::bigint, r.changed_at::bigint""" + rows;
            case HORIZON -> "update upkeep set horizon = r.moment::bigint" + rows;
            case EVENT_ORDER ->
                "select setval('event_seq', greatest(r.last::bigint, 1), r.last::bigint > 0)"
                        + rows;
            case EVENT -> """
                    insert into event (seq, series, namespace, time, source, name, ingested, stored,
                        data)
                    select r.number::bigint, r.series::bigint, r.namespace::bigint, r.time::bigint,
                        r.source, r.name, r.ingested::bigint, r.stored::bigint, r.data::json""" + rows;
            case KEY_SALT -> "update key_salt set salt = decode(r.salt, 'hex')" + rows;
            case EVENT_KEY -> "insert into event_key (key) select r.key::uuid" + rows;
            case BUILD -> """
                    insert into build (number, meter, paths, position, last, current, data_from)
                        overriding system value
                    select r.number::bigint, r.meter, r.paths, r.position::bigint, r.last::bigint,
                        true, r.data_from::bigint""" + rows;
            case COMBINATION -> """
                    insert into combination (build, id, key, texts)
                    select r.build::bigint, r.id::int, r.key::uuid, r.texts""" + rows;
            case HOUR_TOTAL -> sums("hour_total", "r.hour::int", "hour", false) + rows + METERS;
            case HOUR_PART -> sums("hour_part", "r.hour::int", "hour", true) + rows + METERS;
            case MINUTE_TOTAL ->
                sums("minute_total", "r.minute::bigint", "minute", false) + rows + METERS;
            case MINUTE_PART ->
                sums("minute_part", "r.minute::bigint", "minute", true) + rows + METERS;
            case PRESENCE -> """
                    insert into presence (build, series, hour, combination, value)
                    select r.build::bigint, r.series::bigint, r.hour::int, r.combination::int,
                        r.value::uuid""" + rows;
        };
    }

    private static String sums(String table, String value, String bucket, boolean ofParts) {
        boolean ofHours = bucket.equals("hour");
        return "insert into " + table + " (build, series, " + bucket
                + (ofParts ? ", combination" : "")
                + (ofHours ? ", first, last" : "") + ", kind, events, vals, at, number)\n"
                + "select r.build::bigint, r.series::bigint, " + value
                + (ofParts ? ", r.combination::int" : "")
                + (ofHours ? ", r.first::smallint, r.last::smallint" : "") + ", " + KIND
                + ", r.events::bigint, r.vals::bigint, r.at::bigint, r.number::numeric";
    }
}
