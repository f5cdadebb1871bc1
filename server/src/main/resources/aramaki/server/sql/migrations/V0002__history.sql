-- What the newest result of a check remembers of those before it.
alter table latest add column last_ok_ms bigint not null default 0;
alter table latest add column flap_bits integer not null default 0;
alter table latest add column flapping integer not null default 0;
alter table latest add column stretch_state varchar(10) not null default '';
alter table latest add column stretch_flapping integer not null default 0;
alter table latest add column stretch_from_ms bigint not null default 0;
alter table latest add column stretch_until_ms bigint not null default 0;

-- The past of each check in spans of one state, written when they end.
create table span (
    system     varchar(100) not null,
    entity     varchar(100) not null,
    check_name varchar(100) not null,
    to_ms      bigint       not null,
    from_ms    bigint       not null,
    state      varchar(10)  not null,
    flapping   integer      not null,
    primary key (system, entity, check_name, to_ms)
) ${clustered};
create index span_age on span (to_ms);

-- When this server was there to be told anything.
create table server_run (
    id         ${identity},
    started_ms bigint not null,
    alive_ms   bigint not null
);

alter table alert add column flapping integer not null default 0;

-- How often each alert fired, kept when it does: hours since 1970 with their counts, the seconds the
-- last episodes lasted, and a count for each hour of the day in UTC.
create table alert_history (
    system     varchar(100) not null,
    entity     varchar(100) not null,
    check_name varchar(100) not null,
    first_ms   bigint       not null,
    last_ok_ms bigint       not null,
    total      integer      not null,
    fired      text         not null,
    lasted     text         not null,
    hours      text         not null,
    primary key (system, entity, check_name)
) ${clustered};

-- One metric of one check on one entity, numbered so that its tiers stay small.
create table series (
    id         ${identity},
    system     varchar(100) not null,
    entity     varchar(100) not null,
    check_name varchar(100) not null,
    name       text         not null,
    unit       varchar(20)  not null,
    unique (system, entity, check_name, name)
);

-- The ranges a metric was held against, from a moment on, written where they changed.
create table series_range (
    series_id bigint not null,
    from_ms   bigint not null,
    warn      text   not null,
    crit      text   not null,
    primary key (series_id, from_ms)
) ${clustered};

-- What the results of 5 minutes and of an hour come to; slot is the time divided by that length.
create table tier_5m (
    series_id bigint           not null,
    slot      bigint           not null,
    least     double precision not null,
    total     double precision not null,
    most      double precision not null,
    results   integer          not null,
    primary key (series_id, slot)
) ${clustered};
create table tier_1h (
    series_id bigint           not null,
    slot      bigint           not null,
    least     double precision not null,
    total     double precision not null,
    most      double precision not null,
    results   integer          not null,
    primary key (series_id, slot)
) ${clustered};
