-- Who writes here, and how many commits they made: one row, changed by every commit. The embedded
-- store needs none, its file is locked.
create table store_writer (
    id      integer     primary key,
    writer  varchar(40) not null,
    commits bigint      not null
);
