-- How many different values a series has on a UTC day. A day without a row is counted when it gets
-- its next value.
create table distinct_day (
    build integer not null,
    series integer not null,
    day integer not null,
    count integer not null,
    sum integer not null,
    primary key (build, series, day)
) strict, without rowid;

-- The values that a meter of distinct values has seen, by day, so that it is one look whether a value
-- is new on its day: the first half of a SHA-256 over each. The sum is over all columns but the day,
-- which follows from the hour.
create table presence_by_day (
    build integer not null,
    series integer not null,
    day integer not null,
    value blob not null,
    hour integer not null,
    combination integer not null,
    sum integer not null,
    primary key (build, series, day, value, hour, combination)
) strict, without rowid;

insert into presence_by_day (build, series, day, value, hour, combination, sum)
select build, series, hour / 24, value, hour, combination, sum from presence
order by build, series, hour / 24, value, hour, combination;

drop table presence;

alter table presence_by_day rename to presence;
