-- Who asked for what, from where: no part of any log, and forgotten after a while. A look that goes
-- on is one line, from at_ms to until_ms. grant_hash is empty for strangers, system where a request
-- was about none or many.
create table access_log (
    entry_id   bigint       primary key,
    at_ms      bigint       not null,
    until_ms   bigint       not null,
    times      integer      not null,
    person_id  varchar(60)  not null,
    credential varchar(20)  not null,
    grant_hash varchar(64)  not null,
    address    varchar(100) not null,
    method     varchar(8)   not null,
    path       varchar(200) not null,
    parameters text         not null,
    filters    text         not null,
    system     varchar(100) not null,
    status     integer      not null,
    caused     integer      not null
);
create index access_log_person on access_log (person_id, entry_id);
create index access_log_system on access_log (system, entry_id);
create index access_log_age on access_log (until_ms);

-- The events that a request caused: by them an act in a log is joined with where it came from.
create table access_log_event (
    event_hash varchar(64) primary key,
    entry_id   bigint      not null
);
create index access_log_event_entry on access_log_event (entry_id);
