-- Servers keep the counts in memory. Whatever changes them, here or from another program, is told
-- on the channel `hugo_likes` when its transaction commits:
--   everything                   posts were added, removed, renamed, listed or unlisted
--   posts 1,2,3                  their totals changed
--   given 10 20                  likes with these ids, and those between, came in
--   taken 1 HASH 3600, …         these likes (post, visitor, window) were taken back
create function tell_likes_everything() returns trigger language plpgsql as $$
begin
  perform pg_notify('hugo_likes', 'everything');
  return null;
end $$;

create function tell_likes_posts() returns trigger language plpgsql as $$
declare
  message text;
begin
  select case
      -- A message has at most 8000 bytes.
      when count(*) > 500
        or bool_or(before.key <> after.key or before.listed <> after.listed) then 'everything'
      else 'posts ' || string_agg(cast(after.id as text), ',')
    end
    into message
    from after left join before on before.id = after.id;
  if message is not null then
    perform pg_notify('hugo_likes', message);
  end if;
  return null;
end $$;

create function tell_likes_given() returns trigger language plpgsql as $$
declare
  message text;
begin
  select 'given ' || min(id) || ' ' || max(id) into message from after where visitor is not null;
  if message is not null then
    perform pg_notify('hugo_likes', message);
  end if;
  return null;
end $$;

create function tell_likes_taken() returns trigger language plpgsql as $$
declare
  message text;
begin
  select case
      when count(*) > 100 then 'everything'
      else 'taken ' || string_agg(
        post_id || ' ' || encode(visitor, 'hex') || ' ' || window_start, ',')
    end
    into message
    from before where visitor is not null;
  if message is not null then
    perform pg_notify('hugo_likes', message);
  end if;
  return null;
end $$;

create trigger tell_inserted after insert on posts
  for each statement execute function tell_likes_everything();
create trigger tell_deleted after delete or truncate on posts
  for each statement execute function tell_likes_everything();
create trigger tell_updated after update on posts
  referencing old table as before new table as after
  for each statement execute function tell_likes_posts();

create trigger tell_inserted after insert on likes
  referencing new table as after
  for each statement execute function tell_likes_given();
create trigger tell_deleted after delete on likes
  referencing old table as before
  for each statement execute function tell_likes_taken();
