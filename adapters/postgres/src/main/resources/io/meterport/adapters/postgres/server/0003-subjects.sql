-- How many subjects have series in a namespace. Whoever brings another locks the row until its commit.
alter table namespace add column subjects bigint not null default 0;

update namespace set subjects = (
    select count(distinct subject) from series where series.namespace = namespace.id);
