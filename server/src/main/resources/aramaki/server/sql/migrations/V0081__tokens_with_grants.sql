-- Whether a token may do what its person may, or only what grants of its own say.
alter table credential add column own_grants integer not null default 0;
