-- The newest pause of each agent, and what it said when it stopped: JSON, or null.
alter table agent add column pause text;
alter table agent add column stop text;

-- What agents told of their hosts, so that nothing is noted twice.
create table host_event (
    agent_id varchar(60) not null,
    event_id varchar(60) not null,
    noted_ms bigint      not null,
    primary key (agent_id, event_id)
);
