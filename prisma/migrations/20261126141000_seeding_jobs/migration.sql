-- A seeding of more pairs than somebody should wait for in front of a dialog is a job: queued by the request, done by a worker, and
-- followed on a page. What it does is what the request would have done, in one transaction.
create table seed_jobs (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  status text not null default 'queued' check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  -- what was asked for, as it was asked
  request jsonb not null,
  -- what the audit log calls its missions
  name text not null,
  -- how many pairs there were to create when it was asked for
  pairs integer not null check (pairs >= 0),
  by_kind text not null check (by_kind in ('admin', 'job', 'cli')),
  by_name text not null,
  by_id text,
  -- how many processes have taken it
  attempts integer not null default 0 check (attempts >= 0),
  -- when it was last queued or taken, by the database's clock
  looked_at timestamptz not null default clock_timestamp(),
  -- the answer that the request would have had
  outcome jsonb,
  seed_id uuid,
  error_code text,
  error_message text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (client_id, id),
  foreign key (client_id, seed_id) references seeds (client_id, id) on delete restrict on update no action,
  constraint seed_jobs_over_when_ended check ((ended_at is null) = (status in ('queued', 'running'))),
  constraint seed_jobs_says_why_it_failed check ((error_message is null) = (status <> 'failed'))
);
create index seed_jobs_client_id_created_at_id_idx on seed_jobs (client_id, created_at, id);
-- one at a time, held by the database
create unique index seed_jobs_one_at_a_time on seed_jobs (client_id) where status in ('queued', 'running');
create trigger seed_jobs_ended_is_final before update of status on seed_jobs
  for each row when (old.status is distinct from new.status and old.status not in ('queued', 'running'))
  execute function refuse_change('a seeding that has ended keeps its status');

alter table seed_jobs enable row level security;
create policy seed_jobs_of_the_client on seed_jobs
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
grant select, insert on seed_jobs to muster_app;
grant update (status, attempts, looked_at, outcome, seed_id, error_code, error_message, started_at, ended_at) on seed_jobs to muster_app;

-- Queues the job in the transaction that creates it, or again later: as enqueue_sync does for runs.
create function enqueue_seed_job(p_job_id uuid, p_after interval) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_client uuid := nullif(current_setting('app.client_id', true), '')::uuid;
begin
  if not exists (
    select 1 from seed_jobs j where j.client_id = v_client and j.id = p_job_id and j.status = 'queued'
  ) then
    raise exception 'seeding % is not queued for this client', p_job_id using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job('seed', json_build_object('clientId', v_client, 'jobId', p_job_id),
    job_key := 'seed:' || p_job_id::text, max_attempts := 1, run_at := clock_timestamp() + p_after);
end
$$;
revoke execute on function enqueue_seed_job(uuid, interval) from public;
grant execute on function enqueue_seed_job(uuid, interval) to muster_app;

-- Jobs of all clients that were last queued or taken before p_before and have not ended: ids only, for those who look after them.
create function silent_seed_jobs(p_before timestamptz) returns table (client_id uuid, job_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select j.client_id, j.id from seed_jobs j
  where j.status in ('queued', 'running') and j.looked_at < p_before order by j.client_id
$$;
revoke execute on function silent_seed_jobs(timestamptz) from public;
grant execute on function silent_seed_jobs(timestamptz) to muster_app;

-- True when no transaction works on it, which then none begins until this one ends. The work is one transaction, so the lock that
-- it holds is its lease: a process that dies lets go of it, and what it did is rolled back.
create function is_work_free(p_id uuid) returns boolean
language sql set search_path = pg_catalog, public, pg_temp as $$
  select pg_try_advisory_xact_lock(run_work_lock(p_id))
$$;
revoke execute on function is_work_free(uuid) from public;
grant execute on function is_work_free(uuid) to muster_app;

-- As it was, and for the job of a seeding too.
create or replace function stop_run_work(p_run_id uuid, p_gently boolean) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_client uuid := nullif(current_setting('app.client_id', true), '')::uuid;
  v_pid integer;
  v_state text;
  v_stopped integer := 0;
begin
  if not exists (select 1 from sync_runs r where r.client_id = v_client and r.id = p_run_id)
    and not exists (select 1 from seed_jobs j where j.client_id = v_client and j.id = p_run_id) then
    raise exception 'run % is none of this client', p_run_id using errcode = 'insufficient_privilege';
  end if;
  -- What this transaction once read of other connections would be answered again.
  perform pg_stat_clear_snapshot();
  for v_pid, v_state in
    select distinct a.pid, a.state
    from unnest(array[run_work_lock(p_run_id), run_lease_lock(p_run_id)]) as k (key)
    join pg_locks l on l.classid::bigint = ((k.key >> 32) & 4294967295) and l.objid::bigint = (k.key & 4294967295)
    join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.objsubid = 1 and a.datname = current_database() and l.pid <> pg_backend_pid()
      and l.database = (select d.oid from pg_database d where d.datname = current_database())
  loop
    begin
      if (case when p_gently and v_state = 'active' then pg_cancel_backend(v_pid) else pg_terminate_backend(v_pid) end) then
        v_stopped := v_stopped + 1;
      end if;
    exception when insufficient_privilege then
      null;
    end;
  end loop;
  return v_stopped;
end
$$;
