-- The logs. A row is never changed, but for a pruned payload.
create table event (
    position     ${identity},
    system_id    varchar(60)  not null,
    event_class  varchar(12)  not null,
    epoch        bigint       not null,
    seq          bigint       not null,
    hash         varchar(64)  not null unique,
    event_type   varchar(40)  not null,
    at_ms        bigint       not null,
    wall_ms      bigint       not null,
    wall_counter integer      not null,
    header       ${blob}      not null,
    salt         ${blob}      not null,
    payload      ${blob},
    unique (system_id, event_class, epoch, seq)
);
create index event_by_type on event (event_type, position);

-- Where each log ends, and up to where its head is signed.
create table log_end (
    system_id    varchar(60) not null,
    event_class  varchar(12) not null,
    epoch        bigint      not null,
    seq          bigint      not null,
    hash         varchar(64) not null,
    wall_ms      bigint      not null,
    wall_counter integer     not null,
    head_seq     bigint      not null default 0,
    head         ${blob},
    primary key (system_id, event_class)
);

-- How far each consumer of the log has come.
create table consumer (
    name     varchar(40) primary key,
    position bigint      not null
);

create table managed_system (
    name       varchar(100) primary key,
    system_id  varchar(60)  not null unique,
    folder     text         not null,
    files      text         not null,
    anchored   integer      not null,
    deleted    integer      not null
);

create table person (
    person_id varchar(60)  primary key,
    name      varchar(100) not null unique,
    role      varchar(20)  not null,
    admitted  varchar(64)  not null
);

-- Sign-in links, sessions and tokens; only hashes of the secrets are kept.
create table credential (
    secret_hash varchar(64) primary key,
    kind        varchar(12) not null,
    person_id   varchar(60) not null,
    label       text        not null,
    created_ms  bigint      not null,
    used_ms     bigint      not null,
    expires_ms  bigint      not null
);

create table invite (
    invite_id   varchar(20) primary key,
    secret_hash varchar(64) not null,
    systems     text        not null,
    labels      text        not null,
    uses_left   integer     not null,
    expires_ms  bigint      not null,
    event_hash  varchar(64) not null
);

create table agent (
    agent_id    varchar(60)  primary key,
    name        varchar(100) not null,
    public_key  varchar(60)  not null,
    systems     text         not null,
    labels      text         not null,
    joined_ms   bigint       not null,
    granted     varchar(64)  not null,
    state       varchar(12)  not null,
    seen_ms     bigint       not null,
    version     text         not null,
    policy      text         not null,
    facts       text         not null,
    epoch       varchar(60)  not null
);

-- Up to where the results of each spool epoch are durable.
create table spool_position (
    agent_id varchar(60) not null,
    epoch    varchar(60) not null,
    seq      bigint      not null,
    primary key (agent_id, epoch)
);

create table refused_result (
    id       ${identity},
    agent_id varchar(60) not null,
    epoch    varchar(60) not null,
    seq      bigint      not null,
    at_ms    bigint      not null,
    reason   text        not null,
    result   text        not null
);
create index refused_by_agent on refused_result (agent_id, id);

-- Every result, in order of commit.
create table observation (
    id           ${identity},
    system       varchar(100) not null,
    entity       varchar(100) not null,
    check_name   varchar(100) not null,
    state        varchar(10)  not null,
    output       text         not null,
    metrics      text         not null,
    agent_id     varchar(60)  not null,
    epoch        varchar(60)  not null,
    seq          bigint       not null,
    due_ms       bigint       not null,
    started_ms   bigint       not null,
    finished_ms  bigint       not null,
    spooled_ms   bigint       not null,
    sent_ms      bigint       not null,
    committed_ms bigint       not null
);
create index observation_history on observation (system, check_name, entity, id);
create index observation_age on observation (committed_ms);

-- The latest of each check and entity: what it counts as now.
create table latest (
    system         varchar(100) not null,
    entity         varchar(100) not null,
    check_name     varchar(100) not null,
    state          varchar(10)  not null,
    last_state     varchar(10)  not null,
    because        varchar(10)  not null,
    since_ms       bigint       not null,
    seen_ms        bigint       not null,
    bad_in_a_row   integer      not null,
    output         text         not null,
    metrics        text         not null,
    observation_id bigint       not null,
    agent_id       varchar(60)  not null,
    primary key (system, entity, check_name)
);

-- What followed an observation: the event it caused, the alert, the first page that showed it.
create table hop (
    observation_id bigint      primary key,
    event_hash     varchar(64) not null,
    event_ms       bigint      not null,
    alert_ms       bigint      not null,
    page_ms        bigint      not null
);

create table alert (
    system      varchar(100) not null,
    entity      varchar(100) not null,
    check_name  varchar(100) not null,
    episode     varchar(20)  not null,
    firing      integer      not null,
    severity    varchar(10)  not null,
    since_ms    bigint       not null,
    resolved_ms bigint       not null,
    output      text         not null,
    primary key (system, entity, check_name)
);
create index alert_firing on alert (firing, since_ms);

create table episode (
    episode     varchar(20)  primary key,
    system      varchar(100) not null,
    entity      varchar(100) not null,
    check_name  varchar(100) not null,
    severity    varchar(10)  not null,
    since_ms    bigint       not null,
    resolved_ms bigint       not null
);
create index episode_of_alert on episode (system, entity, check_name, since_ms);
