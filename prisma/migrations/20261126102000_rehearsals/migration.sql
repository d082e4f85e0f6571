-- Rehearsals: the night played for real in a transaction that is rolled back. What it would have done is written here, on
-- another connection, while it is played.

create table rehearsals (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  status text not null default 'running' check (status in ('running', 'finished', 'failed', 'ended')),
  by_name text not null,
  by_id text,
  -- the file that it was given; one of the inbox has a name alone, since nothing of it is kept
  import_id uuid,
  file_name text,
  steps jsonb not null default '[]',
  totals jsonb not null default '{}',
  -- rows that would be created, by mission
  seeded jsonb not null default '[]',
  -- how many changes of each kind are named below
  named jsonb not null default '{}',
  error_code text,
  error_message text,
  -- the database's clock: compared across machines
  beat_at timestamptz not null default clock_timestamp(),
  -- also the instant that all its steps take for now
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (client_id, id),
  foreign key (client_id, import_id) references imports (client_id, id) on delete restrict on update no action,
  constraint rehearsals_ended_when_over check ((ended_at is null) = (status = 'running')),
  constraint rehearsals_reason_is_told
    check (status not in ('failed', 'ended') or (error_code is not null and error_message is not null))
);
-- at most one rehearsal of a client at a time, held by the database
create unique index rehearsals_one_at_a_time on rehearsals (client_id) where status = 'running';
create index rehearsals_client_id_created_at_id_idx on rehearsals (client_id, created_at, id);
create index rehearsals_client_id_import_id_idx on rehearsals (client_id, import_id);

-- Names and ids as they were at that moment, without keys to what they name: half of it never came to be.
create table rehearsal_changes (
  client_id uuid not null,
  rehearsal_id uuid not null,
  kind text not null check (kind in ('created', 'promoted', 'demoted', 'seeded', 'completed', 'redemption')),
  position integer not null check (position > 0),
  -- null for a creator whom the rehearsal itself created
  user_id uuid,
  handle text collate "C" not null,
  mission_id uuid,
  mission_name text,
  tier_before text,
  tier_after text,
  value numeric,
  reward_name text,
  primary key (client_id, rehearsal_id, kind, position),
  foreign key (client_id, rehearsal_id) references rehearsals (client_id, id) on delete restrict on update no action
);

do $$
declare
  v_table text;
begin
  foreach v_table in array array['rehearsals', 'rehearsal_changes'] loop
    execute format('alter table %I enable row level security', v_table);
    execute format(
      'create policy %I on %I using (client_id = nullif(current_setting(''app.client_id'', true), '''')::uuid)',
      v_table || '_of_the_client', v_table);
  end loop;
end
$$;

grant select, insert, delete on rehearsals, rehearsal_changes to muster_app;
grant update (status, file_name, steps, totals, seeded, named, error_code, error_message, beat_at, ended_at) on rehearsals to muster_app;

-- Ends the rehearsals of a client (null: of all clients) by ending their connections, which are found by their name; answers how
-- many. A connection is never its own victim: the rehearsal writes too. One of a login that the owner may not end is left to
-- that rehearsal's own watch.
create function stop_rehearsals(p_client_id uuid) returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_pid integer;
  v_ended integer := 0;
begin
  -- What this transaction once read of other connections would be answered again.
  perform pg_stat_clear_snapshot();
  for v_pid in
    select a.pid from pg_stat_activity a
    where a.datname = current_database() and a.pid <> pg_backend_pid()
      and case when p_client_id is null then a.application_name like 'muster rehearsal %'
        else a.application_name = 'muster rehearsal ' || p_client_id::text end
  loop
    begin
      if pg_terminate_backend(v_pid) then
        v_ended := v_ended + 1;
      end if;
    exception when insufficient_privilege then
      null;
    end;
  end loop;
  return v_ended;
end
$$;
revoke execute on function stop_rehearsals(uuid) from public;

-- The same for a request, which may end the rehearsal of its own client: one role may not end another's connection.
create function end_rehearsals(p_client_id uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if p_client_id is distinct from nullif(current_setting('app.client_id', true), '')::uuid then
    raise exception 'rehearsals of another client' using errcode = 'insufficient_privilege';
  end if;
  return stop_rehearsals(p_client_id);
end
$$;
revoke execute on function end_rehearsals(uuid) from public;
grant execute on function end_rehearsals(uuid) to muster_app;

-- Any write to a programme ends its rehearsal before it touches a row, so that nobody waits and no answer is given of a world
-- that has moved: requests, runs, the command line and plain SQL alike. Per statement, so that a night of a million rows pays for
-- thirty calls. Plain SQL that has not said for which client it writes ends all.
create function end_rehearsals_of_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_level = 'ROW' then
    perform stop_rehearsals(new.id);
    return new;
  end if;
  perform stop_rehearsals(nullif(current_setting('app.client_id', true), '')::uuid);
  return null;
end
$$;
revoke execute on function end_rehearsals_of_write() from public;

do $$
declare
  v_table text;
begin
  foreach v_table in array array[
    'tiers', 'users', 'videos', 'rewards', 'missions', 'mission_progress', 'redemptions', 'sales_adjustments', 'tier_checkpoints'
  ] loop
    execute format(
      'create trigger %I before insert or update or delete on %I for each statement execute function end_rehearsals_of_write()',
      v_table || '_end_rehearsals', v_table);
  end loop;
end
$$;
-- a run that begins or ends; its heartbeats do not
create trigger sync_runs_end_rehearsals before insert or update of status on sync_runs
  for each statement execute function end_rehearsals_of_write();
-- clients are written without a client set, and the row itself says which it is
create trigger clients_end_rehearsals before update of timezone, currency, vip_metric, tier_calculation_mode, checkpoint_months on clients
  for each row execute function end_rehearsals_of_write();
