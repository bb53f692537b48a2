-- Likes that another program has counted. They are part of a post's total, and of its days where the
-- day is known ('' where not), without a row each in likes. `source` says whose count it is, so that
-- importing it again adds only what is new.
create table imported (
  source  text    not null check (length(source) between 1 and 64),
  post_id integer not null references posts (id),
  day     text    not null check (length(day) in (0, 10)),
  likes   bigint  not null check (likes > 0),
  primary key (source, post_id, day)
);
