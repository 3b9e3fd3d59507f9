-- Events, their keys, and what is counted from them. Times are microseconds, hours and minutes are
-- counted from 1970 as well. Hashes are the first half of a SHA-256.

create table namespace (
    id bigint generated always as identity primary key,
    name text collate "C" not null unique
);

-- What has a namespace, a type and a subject in common; the key is the hash of the latter two.
-- Changed is the number of the last commit that stored an event of it. While a series is being erased
-- its namespace is its own id, negative, where nobody finds it.
create table series (
    id bigint generated always as identity primary key,
    namespace bigint not null,
    key uuid not null,
    type text collate "C" not null,
    subject text collate "C" not null,
    changed bigint not null default 0,
    changed_at bigint not null default 0,
    unique (namespace, key)
) with (fillfactor = 70);

create index series_type on series (namespace, type);

create index series_subject on series using hash (subject);

-- The last change of any series of a type.
create table type_change (
    namespace bigint not null,
    type text collate "C" not null,
    changed bigint not null,
    changed_at bigint not null,
    primary key (namespace, type)
) with (fillfactor = 50);

-- The number of the last commit that stored events. Whoever stores some locks the row last of all and
-- until its commit, so that the numbers are committed in their order.
create table change_head (
    one int primary key check (one = 1),
    number bigint not null
) with (fillfactor = 10);

insert into change_head (one, number) values (1, 0);

-- The order of arrival.
create sequence event_seq;

-- A partition for each month, made when its first event comes. The data is kept as it was sent.
create table event (
    seq bigint not null,
    series bigint not null,
    namespace bigint not null,
    time bigint not null,
    source text collate "C" not null,
    name text collate "C" not null,
    ingested bigint not null,
    stored bigint not null,
    data json
) partition by range (time);

create index event_series on event (series, time, seq);

create index event_time on event (namespace, time, seq);

create index event_order on event using brin (seq) with (pages_per_range = 32, autosummarize = on);

-- Before 2010 and from 2070 on.
create table event_early partition of event for values from (minvalue) to (1262304000000000);

create table event_far partition of event for values from (3155760000000000) to (maxvalue);

-- Never after the horizon; partitions that end before it have been dropped. A sequence, since that is
-- read as it is now, even by transactions that began before.
create sequence event_dropped minvalue 0 start 0;

-- An event is new if its key is: the hash of the salt, namespace, source and id. Keys outlive their
-- events.
create table event_key (key uuid primary key) partition by hash (key);

create table event_key_00 partition of event_key for values with (modulus 16, remainder 0);
create table event_key_01 partition of event_key for values with (modulus 16, remainder 1);
create table event_key_02 partition of event_key for values with (modulus 16, remainder 2);
create table event_key_03 partition of event_key for values with (modulus 16, remainder 3);
create table event_key_04 partition of event_key for values with (modulus 16, remainder 4);
create table event_key_05 partition of event_key for values with (modulus 16, remainder 5);
create table event_key_06 partition of event_key for values with (modulus 16, remainder 6);
create table event_key_07 partition of event_key for values with (modulus 16, remainder 7);
create table event_key_08 partition of event_key for values with (modulus 16, remainder 8);
create table event_key_09 partition of event_key for values with (modulus 16, remainder 9);
create table event_key_10 partition of event_key for values with (modulus 16, remainder 10);
create table event_key_11 partition of event_key for values with (modulus 16, remainder 11);
create table event_key_12 partition of event_key for values with (modulus 16, remainder 12);
create table event_key_13 partition of event_key for values with (modulus 16, remainder 13);
create table event_key_14 partition of event_key for values with (modulus 16, remainder 14);
create table event_key_15 partition of event_key for values with (modulus 16, remainder 15);

create table key_salt (
    one int primary key check (one = 1),
    salt bytea not null
);

insert into key_salt (one, salt) values (1, uuid_send(gen_random_uuid()));

-- Before the horizon events are deleted. The epoch is raised when series are taken away, so that no
-- node goes on using what it remembers of them.
create table upkeep (
    one int primary key check (one = 1),
    horizon bigint not null,
    epoch bigint not null
);

insert into upkeep (one, horizon, epoch) values (1, 0, 0);

-- Series of subjects that are being erased, and the namespace they belonged to.
create table erasure (
    series bigint primary key,
    namespace bigint not null
);

-- One counting of a meter's events, by the dimensions that it had then. It has looked at the events
-- up to position and has to look at those up to last; later ones are counted as they arrive. It knows
-- no event before data_from, since those were deleted before it began. The node that counts claims it
-- for a while. Rows of builds that are not current are swept away little by little.
create table build (
    number bigint generated always as identity primary key,
    meter text collate "C" not null,
    paths text collate "C" not null,
    position bigint not null,
    last bigint not null,
    current boolean not null,
    data_from bigint not null,
    combinations int not null default 0,
    claimed_by uuid,
    claimed_until timestamptz
);

create unique index current_build on build (meter) where current;

create index unfinished_build on build (number) where current and position < last;

create index replaced_build on build (number) where not current;

-- The values of a meter's dimensions that came together, numbered from 0 in each build: an array in
-- JSON, and its hash.
create table combination (
    build bigint not null,
    id int not null,
    key uuid not null,
    texts text collate "C" not null,
    primary key (build, id),
    unique (build, key)
);

-- What the events of an hour or a minute come to: of one series, or, as series 0, of all together; as
-- a total, or by the combination of dimension values. Kind says how two rows become one: 0 adds the
-- numbers, 1 takes the smaller, 2 the greater, 3 the one of the later time. First and last are the
-- minutes of the earliest and the latest event in the hour. Rows are written in the order of their
-- keys, those of series 0 after all others, so that nodes wait for each other and never in a ring.
create table hour_total (
    build bigint not null,
    series bigint not null,
    hour int not null,
    kind smallint not null,
    first smallint not null,
    last smallint not null,
    events bigint not null,
    vals bigint not null,
    at bigint not null,
    number numeric not null,
    primary key (build, series, hour)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

create table hour_part (
    build bigint not null,
    series bigint not null,
    hour int not null,
    combination int not null,
    kind smallint not null,
    first smallint not null,
    last smallint not null,
    events bigint not null,
    vals bigint not null,
    at bigint not null,
    number numeric not null,
    primary key (build, series, hour, combination)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

create table minute_total (
    build bigint not null,
    series bigint not null,
    minute bigint not null,
    kind smallint not null,
    events bigint not null,
    vals bigint not null,
    at bigint not null,
    number numeric not null,
    primary key (build, series, minute)
) partition by range (minute);

create table minute_total_early partition of minute_total
    for values from (minvalue) to (21038400);

create table minute_total_far partition of minute_total
    for values from (52596000) to (maxvalue);

create table minute_part (
    build bigint not null,
    series bigint not null,
    minute bigint not null,
    combination int not null,
    kind smallint not null,
    events bigint not null,
    vals bigint not null,
    at bigint not null,
    number numeric not null,
    primary key (build, series, minute, combination)
) partition by range (minute);

create table minute_part_early partition of minute_part
    for values from (minvalue) to (21038400);

create table minute_part_far partition of minute_part
    for values from (52596000) to (maxvalue);

-- The values that a meter of distinct values has seen, as hashes.
create table presence (
    build bigint not null,
    series bigint not null,
    hour int not null,
    combination int not null,
    value uuid not null,
    primary key (build, series, hour, combination, value)
);
