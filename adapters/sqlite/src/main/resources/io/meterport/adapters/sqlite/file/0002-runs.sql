-- Rows of event_hour on their way there: what a few transactions added, side by side, so that a
-- transaction writes few pages of the file. Events are how many a run has.
create table event_run (
    id integer primary key,
    events integer not null
) strict;

create table event_run_hour (
    run integer not null,
    series integer not null,
    hour integer not null,
    first integer not null,
    entries blob not null,
    sum integer not null,
    primary key (run, series, hour, first)
) strict, without rowid;
