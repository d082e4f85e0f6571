-- The schedule as its owners set it: what becomes of a missed run, pauses, the history by which past nights are judged, and the
-- due times of which no run came.

alter table schedules
  add column missed_policy text not null default 'run' check (missed_policy in ('run', 'skip')),
  add column paused_at timestamptz,
  add column paused_until timestamptz,
  add column pause_reason text,
  add column paused_by text,
  -- Until then nothing is missed: the first due time after a pause, 'infinity' for a pause without an end. It is kept here so
  -- that whether a run was missed is one comparison, also for a health check that knows no cron.
  add column silent_until timestamptz,
  add constraint schedules_pause_is_told
    check ((paused_at is null) = (pause_reason is null) and (paused_at is not null or (paused_until is null and silent_until is null)));

-- What the schedule was, from when on. Written by the database itself, so that a change by plain SQL is remembered too.
create table schedule_versions (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  valid_from timestamptz not null,
  cron text not null,
  timezone text not null,
  enabled boolean not null,
  missed_policy text not null,
  paused_until timestamptz,
  pause_reason text,
  primary key (client_id, valid_from)
);

create function remember_schedule() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  -- Who changes it says when by updated_at; who does not is taken at the database's word.
  v_from timestamptz := case
    when tg_op = 'INSERT' then least(new.created_at, new.updated_at)
    when tg_argv[0] = 'dated' then new.updated_at
    else clock_timestamp() end;
begin
  if tg_op = 'UPDATE' and tg_argv[0] = 'undated' and exists (
    select 1 from schedule_versions v where v.client_id = new.client_id and v.valid_from = new.updated_at
      and (v.cron, v.timezone, v.enabled, v.missed_policy, v.paused_until, v.pause_reason)
        is not distinct from (new.cron, new.timezone, new.enabled, new.missed_policy, new.paused_until, new.pause_reason)
  ) then
    return null;
  end if;
  insert into schedule_versions (client_id, valid_from, cron, timezone, enabled, missed_policy, paused_until, pause_reason)
  values (new.client_id, v_from, new.cron, new.timezone, new.enabled, new.missed_policy, new.paused_until, new.pause_reason)
  on conflict (client_id, valid_from) do update set cron = excluded.cron, timezone = excluded.timezone, enabled = excluded.enabled,
    missed_policy = excluded.missed_policy, paused_until = excluded.paused_until, pause_reason = excluded.pause_reason;
  return null;
end
$$;
revoke execute on function remember_schedule() from public;
create trigger schedules_remember_new after insert on schedules
  for each row execute function remember_schedule();
-- In the order of their names: a change that says when first, and then only what none has remembered.
create trigger schedules_remember_1_dated after update of updated_at on schedules
  for each row when ((old.cron, old.timezone, old.enabled, old.missed_policy, old.paused_until, old.pause_reason)
    is distinct from (new.cron, new.timezone, new.enabled, new.missed_policy, new.paused_until, new.pause_reason))
  execute function remember_schedule('dated');
create trigger schedules_remember_2_undated
  after update of cron, timezone, enabled, missed_policy, paused_until, pause_reason on schedules
  for each row when ((old.cron, old.timezone, old.enabled, old.missed_policy, old.paused_until, old.pause_reason)
    is distinct from (new.cron, new.timezone, new.enabled, new.missed_policy, new.paused_until, new.pause_reason))
  execute function remember_schedule('undated');

-- The schedules that there are: as far as is known they were never another.
insert into schedule_versions (client_id, valid_from, cron, timezone, enabled, missed_policy)
select client_id, created_at, cron, timezone, enabled, missed_policy from schedules;

-- Due times that were claimed and of which no run came, with the reason; the claim and this row are one transaction.
create table schedule_skips (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  due_at timestamptz not null,
  code text not null check (code in ('paused', 'busy', 'held', 'missed')),
  -- one plain sentence
  reason text not null,
  -- the run that stood in the way, or that made up for it
  run_id uuid,
  noted_at timestamptz not null,
  primary key (client_id, due_at),
  foreign key (client_id, run_id) references sync_runs (client_id, id) on delete restrict on update no action
);
create index schedule_skips_client_id_run_id_idx on schedule_skips (client_id, run_id);

do $$
declare
  v_table text;
begin
  foreach v_table in array array['schedule_versions', 'schedule_skips'] loop
    execute format('alter table %I enable row level security', v_table);
    execute format(
      'create policy %I on %I using (client_id = nullif(current_setting(''app.client_id'', true), '''')::uuid)',
      v_table || '_of_the_client', v_table);
  end loop;
end
$$;

grant select on schedule_versions to muster_app;
grant select, insert on schedule_skips to muster_app;
grant update (missed_policy, paused_at, paused_until, pause_reason, paused_by, silent_until) on schedules to muster_app;
