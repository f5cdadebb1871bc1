-- Who may come in, and since when. When they were last seen no log tells.
alter table person add column title text not null default '';
alter table person add column disabled integer not null default 0;
alter table person add column since_ms bigint not null default 0;
alter table person add column seen_ms bigint not null default 0;
update person
    set since_ms = coalesce((select at_ms from event where event.hash = person.admitted), 0);

create table invitation (
    invitation_id varchar(20)  primary key,
    secret_hash   varchar(64)  not null,
    name          varchar(100) not null,
    title         text         not null,
    grants        text         not null,
    invited_by    varchar(60)  not null,
    expires_ms    bigint       not null,
    used          integer      not null,
    event_hash    varchar(64)  not null
);
