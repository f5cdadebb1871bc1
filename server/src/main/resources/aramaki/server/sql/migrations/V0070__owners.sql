-- Who looks after an alert, and until when.
alter table alert add column owner varchar(100) not null default '';
alter table alert add column owner_name text not null default '';
alter table alert add column ack_ms bigint not null default 0;
alter table alert add column ack_until_ms bigint not null default 0;
alter table alert add column ack_comment text not null default '';
alter table alert add column reminded integer not null default 0;
alter table alert add column act varchar(20) not null default '';
create index alert_acknowledged on alert (ack_until_ms);
create index episode_time on episode (resolved_ms, since_ms);

-- Which events tell of one act of a person: one in the log of each system it touched.
create table alert_act (
    event_hash varchar(64) primary key,
    act        varchar(20) not null
);
create index alert_act_id on alert_act (act);
