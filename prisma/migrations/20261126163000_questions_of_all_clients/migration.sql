-- The questions that are asked of all clients at once, in PL/pgSQL: on a cluster they go to every node, and there a function in SQL with
-- parameters "could not create distributed plan".

create or replace function due_schedules(p_now timestamptz) returns table (client_id uuid, due_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select s.client_id, s.next_due_at from schedules s
    where s.enabled and s.next_due_at <= p_now order by s.next_due_at, s.client_id;
end
$$;

create or replace function silent_runs(p_before timestamptz) returns table (client_id uuid, run_id uuid, status text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select r.client_id, r.id, r.status from sync_runs r
    where r.status in ('queued', 'running') and r.heartbeat_at < p_before order by r.client_id;
end
$$;

create or replace function silent_seed_jobs(p_before timestamptz) returns table (client_id uuid, job_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select j.client_id, j.id from seed_jobs j
    where j.status in ('queued', 'running') and j.looked_at < p_before order by j.client_id;
end
$$;

create or replace function due_deliveries(p_now timestamptz, p_limit integer) returns table (client_id uuid, delivery_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select d.client_id, d.id from notification_deliveries d
    where d.status = 'pending' and d.next_at <= p_now and (d.claimed_until is null or d.claimed_until < p_now)
    order by d.next_at, d.id limit p_limit;
end
$$;

create or replace function due_digests(p_now timestamptz) returns table (client_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select g.client_id from notification_digests g join clients c on c.id = g.client_id
    where case g.mode
      when 'after_run' then exists (
        select 1 from sync_runs r
        where r.client_id = g.client_id and r.scheduled_for is not null and r.status in ('succeeded', 'succeeded_with_warnings')
          and date_trunc('milliseconds', r.ended_at) > coalesce(g.told_until, '-infinity'::timestamptz))
      when 'at_hour' then (g.last_day is null or g.last_day < (p_now at time zone c.timezone)::date)
        and extract(hour from p_now at time zone c.timezone) >= g.hour
      else false end
    order by g.client_id;
end
$$;
