-- What agents found on their hosts, as checks those could have.
create table proposal (
    agent_id    varchar(60)  not null,
    proposal_id varchar(120) not null,
    found_ms    bigint       not null,
    document    text         not null,
    primary key (agent_id, proposal_id)
);

-- Which version of its findings each agent last told, and how many of them were not taken.
create table proposal_set (
    agent_id varchar(60) primary key,
    version  varchar(64) not null,
    told_ms  bigint      not null,
    dropped  integer     not null,
    reason   text        not null
);

-- What a person left: it does not come back while the evidence is the same.
create table proposal_left (
    agent_id    varchar(60)  not null,
    proposal_id varchar(120) not null,
    evidence    varchar(64)  not null,
    person      varchar(60)  not null,
    left_ms     bigint       not null,
    primary key (agent_id, proposal_id)
);

-- Written to show that the store takes writes; one row.
create table sign_of_life (
    id    integer primary key,
    at_ms bigint  not null
);
