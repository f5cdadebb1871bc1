-- How a session began, and when its person last proved to be there.
alter table credential add column proof varchar(12) not null default 'link';
alter table credential add column proved_ms bigint not null default 0;
update credential set proof = 'token' where kind = 'token';
update credential set proof = 'local' where kind = 'token' and label = 'local command line';

create table passkey (
    passkey_id varchar(1400) primary key,
    person_id  varchar(60)   not null,
    label      text          not null,
    host       varchar(255)  not null,
    public_key text          not null,
    added_ms   bigint        not null,
    used_ms    bigint        not null default 0,
    uses       bigint        not null default 0
);
create index passkey_of_person on passkey (person_id);

create table person_password (
    person_id varchar(60) primary key,
    hash      text        not null,
    set_ms    bigint      not null
);

create table recovery_code (
    code_hash varchar(64) primary key,
    person_id varchar(60) not null,
    made_ms   bigint      not null
);
