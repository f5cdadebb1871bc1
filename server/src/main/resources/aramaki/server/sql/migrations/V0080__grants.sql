-- What was given, as the event that gave it says; ended_ms and awake_ms are 0 while it was not.
create table grant_given (
    grant_id  varchar(64) primary key,
    holder    varchar(60) not null,
    document  text        not null,
    giver     varchar(60) not null,
    given_ms  bigint      not null,
    ended_ms  bigint      not null,
    awake_ms  bigint      not null
);

-- Which systems it covers, by the event in the system's own log that says so.
create table grant_cover (
    event_hash varchar(64) primary key,
    grant_id   varchar(64) not null,
    system_id  varchar(60) not null,
    ended      integer     not null
);
create index grant_cover_grant on grant_cover (grant_id);
