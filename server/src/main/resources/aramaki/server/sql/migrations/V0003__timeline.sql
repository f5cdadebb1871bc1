-- Pages ask by the time at which things happened: lists go along the first index, counts per slot
-- and type along the second, both without a look at the rows.
create index event_by_time on event (at_ms, system_id, event_type);
create index event_by_type_and_time on event (event_type, at_ms, system_id);

-- Which events speak of which: notes about an event, notes that link to it. It follows the log.
create table event_reference (
    target     varchar(64) not null,
    event_hash varchar(64) not null,
    relation   varchar(10) not null,
    primary key (target, event_hash, relation)
);

-- What was received from outside, by a digest of source and id, so that it is told once.
create table received_event (
    identity   varchar(64) primary key,
    event_hash varchar(64) not null
);
