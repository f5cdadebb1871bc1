-- Who people are at their organisations. No log tells when one was last used.
create table linked_identity (
    issuer       varchar(500) not null,
    subject      varchar(255) not null,
    person_id    varchar(60)  not null,
    organisation text         not null,
    linked_ms    bigint       not null,
    used_ms      bigint       not null default 0,
    primary key (issuer, subject)
);
create index identity_of_person on linked_identity (person_id);
