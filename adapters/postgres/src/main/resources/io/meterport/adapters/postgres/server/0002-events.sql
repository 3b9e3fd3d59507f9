-- Events, their keys, and what is counted from them.

-- One counting of a meter's events, by the dimensions that it had then.
create table build (
    number bigint generated always as identity primary key,
    meter text collate "C" not null,
    paths text collate "C" not null,
    current boolean not null
);

create unique index current_build on build (meter) where current;
