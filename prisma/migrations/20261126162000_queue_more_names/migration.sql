-- A statement names up to half a million creators in the queues, before 200,000: with a million creators, a day on which one video in
-- twenty has new figures concerns 226,000, and everybody's progress was computed for them.

create or replace function queue_progress_of(p_client_id uuid, p_users uuid[]) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into progress_queue (client_id, users)
  values (p_client_id, case when cardinality(p_users) <= 500000 then p_users end)
$$;

create or replace function queue_totals_of(p_client_id uuid, p_users uuid[]) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into totals_queue (client_id, users)
  values (p_client_id, case when cardinality(p_users) <= 500000 then p_users end)
$$;
