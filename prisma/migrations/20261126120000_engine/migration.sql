-- A run that outlives its process: who has the lease, what each attempt came to, and how work under a lost lease is ended.

alter table sync_runs
  -- the process that has the lease, in words for the person who looks for it, and since when by the database's clock
  add column holder text,
  add column claimed_at timestamptz,
  -- how often somebody had the failed run go on
  add column retries integer not null default 0 check (retries >= 0);
grant update (holder, claimed_at, retries, takes_inbox) on sync_runs to muster_app;

-- One process's work on a run, from taking the lease to losing it.
create table sync_attempts (
  client_id uuid not null,
  run_id uuid not null,
  number integer not null check (number > 0),
  holder text not null,
  -- the first step that was not done; null: all were
  from_step smallint check (from_step between 1 and 8),
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in
    ('succeeded', 'succeeded_with_warnings', 'failed', 'cancelled', 'held', 'process_died', 'released', 'given_back')),
  -- the step that was under way at its end; null between two
  at_step smallint check (at_step between 1 and 8),
  message text not null default '',
  primary key (client_id, run_id, number),
  foreign key (client_id, run_id) references sync_runs (client_id, id) on delete restrict on update no action,
  constraint sync_attempts_outcome_when_over check ((ended_at is null) = (outcome is null))
);
-- one process at a time, held by the database
create unique index sync_attempts_one_at_a_time on sync_attempts (client_id, run_id) where outcome is null;
alter table sync_attempts enable row level security;
create policy sync_attempts_of_the_client on sync_attempts
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
grant select, insert on sync_attempts to muster_app;
grant update (ended_at, outcome, at_step, message) on sync_attempts to muster_app;

-- What has ended stays as it ended, but for a failed run that goes on: then its retries are one more.
create function keep_ended_run() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.status = 'failed' and new.status = 'queued' and new.retries = old.retries + 1 then
    return new;
  end if;
  raise exception 'a run that has ended keeps its status' using errcode = 'restrict_violation';
end
$$;
drop trigger sync_runs_ended_is_final on sync_runs;
create trigger sync_runs_ended_is_final before update of status on sync_runs
  for each row when (old.status is distinct from new.status and old.status not in ('queued', 'running', 'held'))
  execute function keep_ended_run();

-- The lock that a transaction working on a run holds: two never work on one, and by it the one is found that has to be ended.
create function run_work_lock(p_run_id uuid) returns bigint
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select hashtextextended(p_run_id::text, 7205119)
$$;

-- The lock that every transaction shares which proves or takes the lease of a run: a process that is paused in one holds the run's
-- row, and by this lock it is found.
create function run_lease_lock(p_run_id uuid) returns bigint
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select hashtextextended(p_run_id::text, 7205120)
$$;

-- Opens work on a run in this transaction: waits for what another left to be rolled back. A statement whose process has gone
-- ends too, where the operating system can be asked whether somebody still listens.
create function begin_run_work(p_run_id uuid) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  begin
    perform set_config('client_connection_check_interval', '2s', true);
  exception when invalid_parameter_value then
    null;
  end;
  perform pg_advisory_xact_lock(run_work_lock(p_run_id));
end
$$;

-- Ends the work on a run of the session's client by exactly the connections that hold one of its locks or wait for it; answers how
-- many. Called while the run's row is held with its lease taken away, so nobody can have begun anew, or to get at that row. Gently: a statement under way is
-- cancelled and the connection lives on; one between two statements would not notice, so its connection goes. One of a login
-- that the owner may not end finds its lease gone when it comes to commit.
create function stop_run_work(p_run_id uuid, p_gently boolean) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_pid integer;
  v_state text;
  v_stopped integer := 0;
begin
  if not exists (
    select 1 from sync_runs r
    where r.client_id = nullif(current_setting('app.client_id', true), '')::uuid and r.id = p_run_id
  ) then
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

revoke execute on function keep_ended_run(), run_work_lock(uuid), run_lease_lock(uuid), begin_run_work(uuid), stop_run_work(uuid, boolean) from public;
grant execute on function run_work_lock(uuid), run_lease_lock(uuid), begin_run_work(uuid), stop_run_work(uuid, boolean) to muster_app;
