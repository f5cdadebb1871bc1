-- Up to where each person has looked: at everything, at a system, at an alert.
create table seen_mark (
    person_id varchar(60)  not null,
    kind      varchar(12)  not null,
    name      varchar(320) not null,
    position  bigint       not null,
    at_ms     bigint       not null,
    primary key (person_id, kind, name)
);
