-- Times are microseconds since 1970-01-01T00:00:00Z. Texts compare by their bytes. A text that may be
-- longer than an index allows has its SHA-256 beside it, and that is what is indexed.

-- The one row has the version of the catalog.
create table catalog (
    one int primary key check (one = 1),
    version bigint not null
);

insert into catalog (one, version) values (1, 0);

create table meter (
    position bigint generated always as identity primary key,
    id text collate "C" not null unique,
    namespace text collate "C" not null,
    slug text collate "C" not null,
    name text collate "C" not null,
    description text collate "C",
    event_type text collate "C" not null,
    event_from text collate "C",
    aggregation text collate "C" not null,
    value_property text collate "C",
    dimensions text collate "C" not null,
    metadata text collate "C",
    created_at text collate "C" not null,
    updated_at text collate "C" not null,
    deleted_at text collate "C"
);

create unique index live_meter on meter (namespace, slug) where deleted_at is null;

create table subject (
    id text collate "C" primary key,
    namespace text collate "C" not null,
    key text collate "C" not null,
    key_hash bytea not null,
    display_name text collate "C",
    metadata text collate "C" not null,
    stripe_customer_id text collate "C",
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint
);

create unique index live_subject on subject (namespace, key_hash) where deleted_at is null;

create index subject_order on subject (namespace, id);

create table portal_token (
    id text collate "C" primary key,
    namespace text collate "C" not null,
    subject text collate "C" not null,
    subject_hash bytea not null,
    hash bytea not null,
    meters text collate "C",
    restrictions text collate "C",
    hints text collate "C",
    session_hash bytea,
    created_seq bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    issued_by text collate "C",
    revoked_seq bigint,
    last_used_at bigint
);

create index token_order on portal_token (namespace, id);

create index token_of_subject on portal_token (namespace, subject_hash, id);

create index token_life on portal_token (namespace, subject_hash, expires_at);

create index token_session on portal_token (namespace, session_hash) where session_hash is not null;

create index token_issuer on portal_token (namespace, issued_by) where issued_by is not null;

create index token_expiry on portal_token (expires_at);

-- How many live tokens a subject has at most, of those that were ever given one.
create table token_holder (
    namespace text collate "C" not null,
    subject_hash bytea not null,
    at_most int not null,
    primary key (namespace, subject_hash)
) with (fillfactor = 50);

-- The number of the last revocation, and the longest life that any token was ever allowed, in
-- microseconds. Whoever revokes locks the row until its commit, so that numbers are committed in
-- order and without gaps.
create table revocation_head (
    one int primary key check (one = 1),
    seq bigint not null,
    longest_life bigint not null
);

insert into revocation_head (one, seq, longest_life) values (1, 0, 0);

-- A revocation covers the tokens that were created before its number.
create table revocation (
    seq bigint primary key,
    namespace text collate "C" not null,
    kind text collate "C" not null check (
        kind in ('token', 'subject', 'session', 'apikey', 'namespace', 'global')),
    target text collate "C" not null,
    target_hash bytea not null,
    actor text collate "C" not null,
    created_at bigint not null,
    live_until bigint not null
);

create index revocation_target on revocation (namespace, kind, target_hash, seq);

create index revocation_life on revocation (live_until);

-- The greatest number among the revocations of one target; global ones have namespace ''.
create table watermark (
    namespace text collate "C" not null,
    kind text collate "C" not null,
    target_hash bytea not null,
    seq bigint not null,
    primary key (namespace, kind, target_hash)
);

create table api_key (
    position bigint generated always as identity primary key,
    id text collate "C" not null unique,
    namespace text collate "C" not null,
    name text collate "C" not null,
    scopes text collate "C" not null,
    hash bytea not null,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint,
    last_used_at bigint
);

create index key_order on api_key (namespace, position);

-- The highest time that was ever seen.
create table clock_mark (
    one int primary key check (one = 1),
    time bigint not null
);

-- Who made and revoked what; rows are only ever added. What concerns all namespaces has ''.
create table audit (
    number bigint generated always as identity primary key,
    namespace text collate "C" not null,
    at bigint not null,
    actor text collate "C" not null,
    action text collate "C" not null,
    target text collate "C" not null
);

create index audit_order on audit (namespace, number);
