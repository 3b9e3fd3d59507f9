-- Times are microseconds since 1970-01-01T00:00:00Z, hours and days are counted from there too.

create table namespace (
    id integer primary key,
    name text not null unique
) strict;

create table source (
    id integer primary key,
    text text not null unique
) strict;

-- What has a namespace, a type and a subject in common; most questions are about one of these.
-- Changed is the number of the event that was stored last, and changed_at when that was. A number is
-- not given again when its series has been erased.
create table series (
    id integer primary key autoincrement,
    namespace integer not null,
    type text not null,
    subject text not null,
    changed integer not null default 0,
    changed_at integer not null default 0,
    unique (namespace, type, subject)
) strict;

-- The id is the order of arrival. Data is JSON in UTF-8. A sum, here and below, is a CRC32C over the
-- other columns of its row; pages begin with one. They are looked at whenever a row is read.
create table event (
    id integer primary key,
    series integer not null,
    time integer not null,
    source integer not null,
    name text not null,
    data blob not null,
    ingested integer not null,
    stored integer not null,
    sum integer not null
) strict;

-- An event is new if its key is: the first half of a SHA-256 over the salt, namespace, source and id.
create table key_salt (
    one integer primary key check (one = 1),
    salt blob not null
) strict;

insert into key_salt (one, salt) values (1, randomblob(16));

-- The keys that came in with one transaction, until they are in a generation.
create table key_log (
    id integer primary key,
    keys blob not null,
    sum integer not null
) strict;

-- Many keys that never change, in rising order, spread evenly over blocks. One that is not live is
-- being written or swept away. The log up to last_log is in the generations that were live then.
create table key_generation (
    id integer primary key,
    size integer not null,
    blocks integer not null,
    last_log integer not null,
    live integer not null
) strict;

create index dead_generation on key_generation (id) where live = 0;

-- The id is 4294967296 * generation + block.
create table key_block (
    id integer primary key,
    keys blob not null,
    sum integer not null
) strict;

-- A Bloom filter of each generation, read when the file is opened; the id is that of its first block.
create table key_filter (
    id integer primary key,
    bits blob not null,
    sum integer not null
) strict;

-- When the events of a series were, by the hour: a row for each transaction, and of each event eight
-- bytes, the microseconds since the hour began and its id less that of the first.
create table event_hour (
    series integer not null,
    hour integer not null,
    first integer not null,
    entries blob not null,
    sum integer not null,
    primary key (series, hour, first)
) strict, without rowid;

-- The one row has the moment before which events are deleted, and the greatest number that a deleted
-- event had, so that none is ever given twice.
create table upkeep (
    one integer primary key check (one = 1),
    horizon integer not null,
    deleted integer not null
) strict;

insert into upkeep (one, horizon, deleted) values (1, 0, 0);

-- Series of subjects that are being erased, and where they belonged before.
create table erasure (
    series integer primary key,
    namespace integer not null
) strict;

-- Which series have events in an hour, so that lists need not look at the others.
create table series_hour (
    namespace integer not null,
    hour integer not null,
    series integer not null,
    primary key (namespace, hour, series)
) strict, without rowid;

-- The one row has the version of the catalog.
create table catalog (
    one integer primary key check (one = 1),
    version integer not null
) strict;

insert into catalog (one, version) values (1, 0);

create table meter (
    position integer primary key,
    id text not null unique,
    namespace text not null,
    slug text not null,
    name text not null,
    description text,
    event_type text not null,
    event_from text,
    aggregation text not null,
    value_property text,
    dimensions text not null,
    metadata text,
    created_at text not null,
    updated_at text not null,
    deleted_at text
) strict;

create unique index live_meter on meter (namespace, slug) where deleted_at is null;

-- One counting of a meter's events, by the dimensions that it had then. It has looked at the events
-- up to position and has to look at those up to last; later ones are counted as they arrive. It knows
-- no event before data_from, since those were deleted before it began. Rows of builds that are not current are swept away little by little.
create table build (
    number integer primary key autoincrement,
    meter text not null,
    paths text not null,
    position integer not null,
    last integer not null,
    current integer not null,
    data_from integer not null
) strict;

create unique index current_build on build (meter) where current = 1;

create index unfinished_build on build (number) where current = 1 and position < last;

create index replaced_build on build (number) where current = 0;

-- The values of a meter's dimensions that came together, numbered from 0 in each build.
create table combination (
    build integer not null,
    id integer not null,
    texts blob not null,
    sum integer not null,
    primary key (build, id),
    unique (build, texts)
) strict, without rowid;

-- Pages of totals: of the 24 hours of a day, and of the 60 minutes of an hour. Series 0 is all of
-- them together. A block has 64 combinations; block 0 also has the totals of all combinations.
create table rollup_hours (
    build integer not null,
    series integer not null,
    block integer not null,
    page integer not null,
    total blob not null,
    parts blob not null,
    primary key (build, series, block, page)
) strict, without rowid;

create table rollup_minutes (
    build integer not null,
    series integer not null,
    block integer not null,
    page integer not null,
    total blob not null,
    parts blob not null,
    primary key (build, series, block, page)
) strict, without rowid;

-- What came in lately and is not in the pages yet: the minutes of one hour, by combination. Sorted by
-- the hour, so that what is written at a time lies together; small, and so never far from the page
-- that it is going to.
create table rollup_recent (
    hour integer not null,
    build integer not null,
    series integer not null,
    block integer not null,
    parts blob not null,
    primary key (hour, build, series, block)
) strict, without rowid;

-- The values that a meter of distinct values has seen: the first half of a SHA-256 over each.
create table presence (
    build integer not null,
    series integer not null,
    hour integer not null,
    combination integer not null,
    value blob not null,
    sum integer not null,
    primary key (build, series, hour, combination, value)
) strict, without rowid;

create table subject (
    id text primary key,
    namespace text not null,
    key text not null,
    display_name text,
    metadata text not null,
    stripe_customer_id text,
    created_at integer not null,
    updated_at integer not null,
    deleted_at integer
) strict;

create unique index live_subject on subject (namespace, key) where deleted_at is null;

create index subject_order on subject (namespace, id);

create table portal_token (
    id text primary key,
    namespace text not null,
    subject text not null,
    hash blob not null,
    meters text,
    restrictions text,
    hints text,
    session text,
    created_seq integer not null,
    created_at integer not null,
    expires_at integer not null,
    issued_by text,
    revoked_seq integer,
    last_used_at integer
) strict;

create index token_order on portal_token (namespace, id);

create index token_of_subject on portal_token (namespace, subject, id);

create index token_life on portal_token (namespace, subject, expires_at);

create index token_session on portal_token (namespace, session) where session is not null;

create index token_issuer on portal_token (namespace, issued_by) where issued_by is not null;

create index token_expiry on portal_token (expires_at);

-- The number of the last revocation, and the longest life that any token was ever allowed, in
-- microseconds.
create table revocation_head (
    one integer primary key check (one = 1),
    seq integer not null,
    longest_life integer not null
) strict;

insert into revocation_head (one, seq, longest_life) values (1, 0, 0);

-- A revocation covers the tokens that were created before its number.
create table revocation (
    seq integer primary key,
    namespace text not null,
    kind text not null check (
        kind in ('token', 'subject', 'session', 'apikey', 'namespace', 'global')),
    target text not null,
    actor text not null,
    created_at integer not null,
    live_until integer not null
) strict;

create index revocation_target on revocation (namespace, kind, target, seq);

create index revocation_life on revocation (live_until);

-- The greatest number among the revocations of one target; global ones have namespace ''.
create table watermark (
    namespace text not null,
    kind text not null,
    target text not null,
    seq integer not null,
    primary key (namespace, kind, target)
) strict, without rowid;

create table api_key (
    position integer primary key,
    id text not null unique,
    namespace text not null,
    name text not null,
    scopes text not null,
    hash blob not null,
    created_at integer not null,
    expires_at integer,
    revoked_at integer,
    last_used_at integer
) strict;

create index key_order on api_key (namespace, position);

-- The highest time that was ever seen.
create table clock_mark (
    one integer primary key check (one = 1),
    time integer not null
) strict;

-- Who made and revoked what; rows are only ever added. What concerns all namespaces has ''.
create table audit (
    number integer primary key autoincrement,
    namespace text not null,
    at integer not null,
    actor text not null,
    action text not null,
    target text not null
) strict;

create index audit_order on audit (namespace, number);
