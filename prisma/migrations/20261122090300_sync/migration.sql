-- Runs of the daily pipeline, their steps and numbered events, and the schedule of each client.

create table sync_runs (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  number integer not null check (number > 0),
  source text not null check (source in ('manual', 'schedule', 'cli', 'demo')),
  status text not null default 'queued'
    check (status in ('queued', 'running', 'succeeded', 'succeeded_with_warnings', 'failed', 'cancelled')),
  import_id uuid,
  takes_inbox boolean not null default false,
  scheduled_for timestamptz,
  by_name text not null,
  by_id text,
  lease_token uuid,
  -- the database's clock: compared across machines
  heartbeat_at timestamptz not null default clock_timestamp(),
  warnings integer not null default 0,
  error_code text,
  error_message text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (client_id, id),
  unique (client_id, number),
  -- two servers claim one scheduled time: one run
  unique (client_id, scheduled_for),
  foreign key (client_id, import_id) references imports (client_id, id) on delete restrict on update no action,
  constraint sync_runs_ended_when_over check ((ended_at is null) = (status in ('queued', 'running'))),
  constraint sync_runs_failure_is_told check (status <> 'failed' or (error_code is not null and error_message is not null))
);
-- at most one run of a client at a time, held by the database
create unique index sync_runs_one_at_a_time on sync_runs (client_id) where status in ('queued', 'running');
create index sync_runs_client_id_import_id_idx on sync_runs (client_id, import_id);
create trigger sync_runs_ended_is_final before update of status on sync_runs
  for each row when (old.status is distinct from new.status and old.status not in ('queued', 'running'))
  execute function refuse_change('a run that has ended keeps its status');

create table sync_steps (
  client_id uuid not null,
  run_id uuid not null,
  position smallint not null check (position between 1 and 8),
  name text not null check (name in ('import', 'adjustments', 'totals', 'tiers', 'seed', 'wake', 'progress', 'redemptions')),
  status text not null default 'waiting' check (status in ('waiting', 'running', 'succeeded', 'failed', 'cancelled')),
  started_at timestamptz,
  ended_at timestamptz,
  rows_in integer not null default 0,
  rows_out integer not null default 0,
  skipped jsonb not null default '{}',
  counts jsonb not null default '{}',
  message text not null default '',
  error_code text,
  primary key (client_id, run_id, position),
  unique (client_id, run_id, name),
  foreign key (client_id, run_id) references sync_runs (client_id, id) on delete restrict on update no action
);

-- numbered per run by the process that holds its lease: a reader that remembers a number misses nothing
create table sync_events (
  client_id uuid not null,
  run_id uuid not null,
  number integer not null check (number > 0),
  at timestamptz not null default clock_timestamp(),
  type text not null,
  data jsonb not null default '{}',
  primary key (client_id, run_id, number),
  foreign key (client_id, run_id) references sync_runs (client_id, id) on delete restrict on update no action
);
create trigger sync_events_append_only before update on sync_events
  for each row execute function refuse_change('the events of a run are append-only');

create table schedules (
  client_id uuid not null primary key references clients (id) on delete restrict on update no action,
  cron text not null default '0 4 * * *',
  timezone text not null check ((timestamptz '2000-01-01 00:00+00' at time zone timezone) is not null),
  enabled boolean not null default true,
  next_due_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index schedules_next_due_at_idx on schedules (next_due_at);

-- Queues the job of a run in the transaction that creates it. graphile-worker's tables belong to the owner; the request role
-- may only queue a queued run of the client its session is set to.
create function enqueue_sync(p_run_id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_client uuid := nullif(current_setting('app.client_id', true), '')::uuid;
begin
  if not exists (
    select 1 from sync_runs r where r.client_id = v_client and r.id = p_run_id and r.status = 'queued'
  ) then
    raise exception 'run % is not a queued run of this client', p_run_id using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job('sync', json_build_object('clientId', v_client, 'runId', p_run_id),
    job_key := 'sync:' || p_run_id::text, max_attempts := 1);
end
$$;
revoke execute on function enqueue_sync(uuid) from public;
grant execute on function enqueue_sync(uuid) to muster_app;

-- The due schedules of all clients, for the tick: the one question that is asked across clients. It answers ids and times only;
-- what is done then is done inside the client.
create function due_schedules(p_now timestamptz) returns table (client_id uuid, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.client_id, s.next_due_at from schedules s where s.enabled and s.next_due_at <= p_now order by s.next_due_at, s.client_id
$$;
revoke execute on function due_schedules(timestamptz) from public;
grant execute on function due_schedules(timestamptz) to muster_app;

-- Runs that nobody has been heard of since p_before, of all clients: likewise for the tick. A running one lost its process; a
-- queued one may have lost its job, because the job of a dead process stays locked for hours.
create function silent_runs(p_before timestamptz) returns table (client_id uuid, run_id uuid, status text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.client_id, r.id, r.status from sync_runs r
  where r.status in ('queued', 'running') and r.heartbeat_at < p_before order by r.client_id
$$;
revoke execute on function silent_runs(timestamptz) from public;
grant execute on function silent_runs(timestamptz) to muster_app;

grant select, insert on sync_runs, sync_steps, sync_events, schedules to muster_app;
grant update (status, import_id, lease_token, heartbeat_at, warnings, error_code, error_message, started_at, ended_at) on sync_runs to muster_app;
grant update (status, started_at, ended_at, rows_in, rows_out, skipped, counts, message, error_code) on sync_steps to muster_app;
grant update (cron, timezone, enabled, next_due_at, updated_at) on schedules to muster_app;
