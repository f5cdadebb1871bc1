-- Each time this instance went back to a backup, and the epoch that its logs began with it.
create table restoration (
    epoch        bigint      primary key,
    backup       varchar(64) not null,
    taken_ms     bigint      not null,
    restored_ms  bigint      not null,
    confirmed_ms bigint      not null
);
