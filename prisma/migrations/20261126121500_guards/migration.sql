-- Guards: a step whose effect is out of proportion is rolled back before its commit, and the run is held until an owner has looked.

-- A held run has not ended: it still stands for its client's one run at a time, and nobody's silence.
alter table sync_runs drop constraint sync_runs_status_check;
alter table sync_runs add constraint sync_runs_status_check check (status in
  ('queued', 'running', 'held', 'succeeded', 'succeeded_with_warnings', 'failed', 'cancelled', 'discarded'));
alter table sync_runs drop constraint sync_runs_ended_when_over;
alter table sync_runs add constraint sync_runs_ended_when_over
  check ((ended_at is null) = (status in ('queued', 'running', 'held')));
drop index sync_runs_one_at_a_time;
create unique index sync_runs_one_at_a_time on sync_runs (client_id) where status in ('queued', 'running', 'held');
alter table sync_steps drop constraint sync_steps_status_check;
alter table sync_steps add constraint sync_steps_status_check
  check (status in ('waiting', 'running', 'held', 'succeeded', 'failed', 'cancelled'));

-- Thresholds that a client's owners have set; without a row a guard has its default, with null it is off.
create table guards (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  name text not null
    check (name in ('fewer_rows', 'rejected', 'falling', 'created', 'demoted', 'redemptions', 'redemptions_value')),
  threshold numeric check (threshold >= 0),
  updated_at timestamptz not null default now(),
  primary key (client_id, name)
);

-- Every time a run was held: at which step, what tripped, what the step had said of itself, and what was decided.
create table sync_holds (
  client_id uuid not null,
  run_id uuid not null,
  number integer not null check (number > 0),
  step text not null check (step in ('import', 'adjustments', 'totals', 'tiers', 'seed', 'wake', 'progress', 'redemptions')),
  at timestamptz not null,
  trips jsonb not null check (jsonb_typeof(trips) = 'array' and jsonb_array_length(trips) > 0),
  -- the figures of the step that was taken back
  counts jsonb not null default '{}',
  -- how many changes of each kind are named below
  named jsonb not null default '{}',
  decision text check (decision in ('released', 'discarded')),
  decided_at timestamptz,
  decided_by_name text,
  decided_by_id text,
  reason text,
  primary key (client_id, run_id, number),
  foreign key (client_id, run_id) references sync_runs (client_id, id) on delete restrict on update no action,
  constraint sync_holds_decided_as_a_whole check (
    (decision is null) = (decided_at is null) and (decision is null) = (decided_by_name is null) and (decision is null) = (reason is null))
);
create unique index sync_holds_one_open on sync_holds (client_id, run_id) where decision is null;

-- What the step would have changed, by name: written on another connection before the step is rolled back. Names and ids as they
-- were at that moment, without keys to what they name: half of it never came to be.
create table sync_hold_changes (
  client_id uuid not null,
  run_id uuid not null,
  number integer not null,
  kind text not null
    check (kind in ('created', 'promoted', 'demoted', 'maintained', 'woken', 'completed', 'redemption')),
  position integer not null check (position > 0),
  -- null for a creator whom the step itself had created
  user_id uuid,
  handle text collate "C" not null,
  mission_id uuid,
  mission_name text,
  tier_before text,
  tier_after text,
  value numeric,
  reward_name text,
  primary key (client_id, run_id, number, kind, position),
  foreign key (client_id, run_id, number) references sync_holds (client_id, run_id, number) on delete restrict on update no action
);

do $$
declare
  v_table text;
begin
  foreach v_table in array array['guards', 'sync_holds', 'sync_hold_changes'] loop
    execute format('alter table %I enable row level security', v_table);
    execute format(
      'create policy %I on %I using (client_id = nullif(current_setting(''app.client_id'', true), '''')::uuid)',
      v_table || '_of_the_client', v_table);
  end loop;
end
$$;

grant select, insert on guards to muster_app;
grant update (threshold, updated_at) on guards to muster_app;
grant select, insert, delete on sync_holds, sync_hold_changes to muster_app;
grant update (named, decision, decided_at, decided_by_name, decided_by_id, reason) on sync_holds to muster_app;
