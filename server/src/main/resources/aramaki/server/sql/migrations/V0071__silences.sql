-- Silences as their logs tell of them; system is the log's, empty for the instance's own.
create table silence (
    silence    varchar(20)  primary key,
    system     varchar(100) not null,
    title      text         not null,
    matchers   text         not null,
    mine       integer      not null,
    starts_ms  bigint       not null,
    expires_ms bigint       not null,
    reason     text         not null,
    owner      varchar(100) not null,
    owner_name text         not null,
    added_ms   bigint       not null,
    warned     integer      not null,
    ended_ms   bigint       not null,
    hid        integer      not null
);
create index silence_ended on silence (ended_ms);
