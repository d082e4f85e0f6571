-- A digest tells what ended since the last one. By the number of the last run it missed a run that failed, was told, and succeeded
-- when it was tried again: its number is the same, its end is not. Ends are kept to the millisecond, as the application knows them.

alter table notification_digests add column told_until timestamptz;
update notification_digests g set told_until = (
  select max(date_trunc('milliseconds', r.ended_at)) from sync_runs r where r.client_id = g.client_id and r.number <= g.last_run);
alter table notification_digests drop column last_run;
grant update (told_until) on notification_digests to muster_app;

create or replace function due_digests(p_now timestamptz) returns table (client_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.client_id from notification_digests g join clients c on c.id = g.client_id
  where case g.mode
    when 'after_run' then exists (
      select 1 from sync_runs r
      where r.client_id = g.client_id and r.scheduled_for is not null and r.status in ('succeeded', 'succeeded_with_warnings')
        and date_trunc('milliseconds', r.ended_at) > coalesce(g.told_until, '-infinity'::timestamptz))
    when 'at_hour' then (g.last_day is null or g.last_day < (p_now at time zone c.timezone)::date)
      and extract(hour from p_now at time zone c.timezone) >= g.hour
    else false end
  order by g.client_id
$$;
