-- A session that has set `hugo_likes.tells` to `on` tells of the likes that it gives itself, in one
-- message for each transaction:
--   likes 10 20 1,2,3            likes with these ids, and those between, came in, and the totals
--                                of these posts changed
-- For all others the triggers tell, now row by row: statements with transition tables keep a copy
-- of every row, also where nobody is told. Equal messages of a transaction are told once.
create function tell_likes_post() returns trigger language plpgsql as $$
begin
  perform pg_notify('hugo_likes', case
      when old.key <> new.key or old.listed <> new.listed then 'everything'
      else 'posts ' || new.id
    end);
  return null;
end $$;

create function tell_likes_one() returns trigger language plpgsql as $$
begin
  perform pg_notify('hugo_likes', 'given ' || new.id || ' ' || new.id);
  return null;
end $$;

drop trigger tell_updated on posts;
drop function tell_likes_posts();
create trigger tell_updated after update on posts
  for each row
  when (current_setting('hugo_likes.tells', true) is distinct from 'on')
  execute function tell_likes_post();

drop trigger tell_inserted on likes;
drop function tell_likes_given();
create trigger tell_inserted after insert on likes
  for each row
  when (new.visitor is not null
        and current_setting('hugo_likes.tells', true) is distinct from 'on')
  execute function tell_likes_one();
