-- The check of a file shows what each row would do and which field would change; the merge reads the same relation.

-- all or nothing: with a single rejected row the import fails and writes nothing
alter table imports add column all_or_nothing boolean not null default false;
grant update (all_or_nothing) on imports to muster_app;

-- As before, and beside the verdict: what would be written and what is held, so that differences are those the verdict was made of;
-- the row that counts in place of a duplicate; and the handle as an accepted alias means it. A video that the handle of the row
-- itself holds stays with it (an alias moves nothing); any other row of an alias is the creator's.
create or replace view import_judged with (security_invoker = true) as
select
  r.client_id, r.import_id, r.line, r.handle, r.post_date, r.error_column, r.error_value, r.cells,
  r.owner_handle, r.is_known,
  r.is_known and r.video_url <> r.held_url as has_new_url,
  case when r.error_code is not null then r.error_code when r.handle <> r.owner_handle then 'video_owned' end as code,
  case
    when r.error_code is not null or r.handle <> r.owner_handle then 'rejected'
    when r.line <> max(r.line) filter (where r.handle = r.owner_handle)
      over (partition by r.client_id, r.import_id, r.video_key) then 'duplicate'
    when not r.is_known then 'created'
    when (r.video_title, r.post_date, r.views, r.likes, r.comments, r.gmv, r.ctr, r.units_sold)
      is distinct from (r.held_title, r.held_post_date, r.held_views, r.held_likes, r.held_comments, r.held_gmv, r.held_ctr, r.held_units_sold)
      then 'updated'
    else 'unchanged'
  end as verdict,
  max(r.line) filter (where r.handle = r.owner_handle) over (partition by r.client_id, r.import_id, r.video_key) as counted_line,
  r.sent_handle, r.video_key, r.video_url, r.video_title, r.views, r.likes, r.comments, r.gmv, r.ctr, r.units_sold,
  r.held_title, r.held_post_date, r.held_views, r.held_likes, r.held_comments, r.held_gmv, r.held_ctr, r.held_units_sold
from (
  select m.*, coalesce(m.holder, first_value(m.handle) over (
    partition by m.client_id, m.import_id, m.video_key order by m.line)) as owner_handle
  from (
    select
      s.client_id, s.import_id, s.line, s.handle as sent_handle,
      case when s.error_code is not null or u.tiktok_handle = s.handle then s.handle else coalesce(t.tiktok_handle, s.handle) end as handle,
      s.video_key, s.video_url, s.video_title, s.post_date,
      s.views, s.likes, s.comments, s.gmv, s.ctr, s.units_sold, s.error_column, s.error_value, s.error_code, s.cells,
      v.video_key is not null as is_known, u.tiktok_handle as holder,
      v.video_url as held_url, v.video_title as held_title, v.post_date as held_post_date, v.views as held_views, v.likes as held_likes,
      v.comments as held_comments, v.gmv as held_gmv, v.ctr as held_ctr, v.units_sold as held_units_sold
    from import_rows s
    left join videos v on v.client_id = s.client_id and v.video_key = s.video_key
    left join users u on u.client_id = v.client_id and u.id = v.user_id
    left join handle_aliases a on a.client_id = s.client_id and a.handle = s.handle and a.status = 'accepted'
    left join users t on t.client_id = a.client_id and t.id = a.user_id
  ) m
) r;
