-- Every post that was ever listed. A post that leaves the site stays here with its count, unlisted,
-- so that it finds its likes again when it returns.
create table posts (
  id     integer not null primary key,
  key    text    not null unique check (length(key) between 1 and 512),
  listed boolean not null,
  total  bigint  not null default 0 check (total >= 0)
);
