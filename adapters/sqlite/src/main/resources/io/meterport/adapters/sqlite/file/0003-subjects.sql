-- How many subjects have series in a namespace, and the way to those of one.
create index series_subject on series (namespace, subject);

alter table namespace add column subjects integer not null default 0;

update namespace set subjects = (
    select count(distinct subject) from series where series.namespace = namespace.id);
