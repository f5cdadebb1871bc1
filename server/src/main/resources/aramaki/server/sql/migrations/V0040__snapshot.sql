-- The newest snapshot of the alerts, cut in parts; part 0 says of what and how many.
create table projection_snapshot (
    part     integer     primary key,
    taken_ms bigint      not null,
    digest   varchar(64) not null,
    content  text        not null
);
