-- What every run changed, by name: written by its steps in their own transactions, by sets.

-- One row per creator (and mission) that a run created, moved, judged, woke, completed or rewarded. Rows that it seeded are not
-- here: they may be millions and are found through `seeds` and `seed_missions`. Ids, so that a page shows a creator's and a
-- mission's name of today; a reward's name of that moment. No foreign keys: a key would cost each row of a first night more than
-- the row itself, nothing of this is ever updated, and what it names is never deleted.
create table sync_changes (
  client_id uuid not null,
  run_id uuid not null,
  kind text not null
    check (kind in ('created', 'promoted', 'demoted', 'maintained', 'woken', 'completed', 'redemption')),
  -- the place in the list of its kind, from 1: by handle, then mission; pages are found by it
  position integer not null check (position > 0),
  user_id uuid not null,
  mission_id uuid,
  tier_before text,
  tier_after text,
  -- the metric a move was judged by, the value a row completed with, the money a redemption is worth
  value numeric,
  reward_name text,
  primary key (client_id, run_id, kind, position),
  constraint sync_changes_name_a_mission check ((mission_id is not null) = (kind in ('woken', 'completed', 'redemption'))),
  constraint sync_changes_name_both_tiers check
    ((tier_before is not null and tier_after is not null) = (kind in ('promoted', 'demoted', 'maintained')))
);
create trigger sync_changes_stay before update on sync_changes
  for each row execute function refuse_change('what a run changed is kept as it was');

alter table sync_changes enable row level security;
create policy sync_changes_of_the_client on sync_changes
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
grant select, insert, delete on sync_changes to muster_app;

-- Runs of before this table left most of it elsewhere; names are kept for 13 months.
insert into sync_changes (client_id, run_id, kind, position, user_id, tier_before, tier_after, value)
select t.client_id, t.run_id, t.status,
  row_number() over (partition by t.client_id, t.run_id, t.status order by u.tiktok_handle, t.window_end),
  t.user_id, t.tier_before, t.tier_after, t.metric_value
from tier_checkpoints t
join sync_runs r on r.client_id = t.client_id and r.id = t.run_id and r.created_at > now() - interval '13 months'
join users u on u.client_id = t.client_id and u.id = t.user_id;

insert into sync_changes (client_id, run_id, kind, position, user_id, mission_id, value)
select r.client_id, r.id, 'completed', row_number() over (partition by r.client_id, r.id order by u.tiktok_handle, p.mission_id, p.cycle),
  p.user_id, p.mission_id, p.current_value
from sync_runs r
join mission_progress p on p.client_id = r.client_id and p.status = 'completed' and p.completed_at = r.started_at
join users u on u.client_id = p.client_id and u.id = p.user_id
where r.created_at > now() - interval '13 months';

insert into sync_changes (client_id, run_id, kind, position, user_id, mission_id, value, reward_name)
select d.client_id, d.run_id, 'redemption', row_number() over (partition by d.client_id, d.run_id order by u.tiktok_handle, d.mission_id, d.cycle),
  d.user_id, d.mission_id, case when w.type in ('gift_card', 'spark_ads') then (w.value_data ->> 'amount')::numeric end, w.name
from redemptions d
join sync_runs r on r.client_id = d.client_id and r.id = d.run_id and r.created_at > now() - interval '13 months'
join users u on u.client_id = d.client_id and u.id = d.user_id
join rewards w on w.client_id = d.client_id and w.id = d.reward_id;

-- Lets go of what the log of changes no longer serves: entries from before an instant that every plan that can still be applied,
-- and every mark of a seeding, has seen. The log refuses to be written by a request, so this is the one way; it takes nobody's
-- clock but the caller's, and no other client than the session's.
create function sweep_eligibility_changes(p_client_id uuid, p_before timestamptz, p_now timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_seen_by_all bigint;
  v_swept integer;
begin
  if p_client_id is distinct from nullif(current_setting('app.client_id', true), '')::uuid then
    raise exception 'the log of another client' using errcode = 'insufficient_privilege';
  end if;
  -- What lies before the oldest of these snapshots' first open transaction is visible in all of them.
  select min(pg_snapshot_xmin(s.snapshot::pg_snapshot)::text::bigint) into v_seen_by_all
  from (
    select p.snapshot from seed_plans p where p.client_id = p_client_id and p.expires_at > p_now
    union all
    select k.snapshot from seeding_marks k where k.client_id = p_client_id
  ) s;
  delete from eligibility_changes c
  where c.client_id = p_client_id and c.at < p_before and (v_seen_by_all is null or c.xact < v_seen_by_all);
  get diagnostics v_swept = row_count;
  return v_swept;
end
$$;
revoke execute on function sweep_eligibility_changes(uuid, timestamptz, timestamptz) from public;
grant execute on function sweep_eligibility_changes(uuid, timestamptz, timestamptz) to muster_app;
