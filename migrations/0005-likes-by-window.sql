-- The likes of one window stand together, so that those to be forgotten are found without an index
-- of their own. What is unique stays the same.
drop index likes_to_forget;
drop index likes_once;
create unique index likes_once on likes (window_start, post_id, visitor)
  where visitor is not null;
