-- One row for each like, for good. `visitor` is a keyed hash that becomes null when its window is
-- over: the like goes on counting and says nothing about anyone.
create table likes (
  id           integer not null primary key,
  post_id      integer not null references posts (id),
  visitor      blob    check (length(visitor) = 16),
  window_start integer not null check (window_start >= 0),
  liked_at     integer not null check (liked_at >= 0)
) strict;

-- One like per post, visitor and window. Likes whose visitor is forgotten leave the index, so it
-- stays as small as one window.
create unique index likes_once on likes (post_id, visitor, window_start)
  where visitor is not null;

create index likes_to_forget on likes (window_start) where visitor is not null;
create index likes_newest    on likes (liked_at);

-- The likes of each post by the UTC day on which they came.
create table like_days (
  post_id integer not null references posts (id),
  day     text    not null check (day is date(day, '+0 days')),
  likes   integer not null check (likes >= 0),
  primary key (post_id, day)
) strict, without rowid;

-- Secrets that visitor hashes are made with, by the window from which each one serves.
create table visitor_keys (
  first_window integer not null primary key,
  secret       blob    not null check (length(secret) = 32)
) strict;
