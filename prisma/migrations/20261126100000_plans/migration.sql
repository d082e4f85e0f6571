-- Previews become plans: the definition of eligibility can be asked "what if", changes of what decides are logged by the database
-- itself, and a plan remembers from which snapshot it was made.

-- 1. The definition (domain reference, section 3), still once, now in pieces that can judge other terms than the saved ones.

-- Why a creator does not qualify; null: qualifies. The order of the branches is the order in which the rules are judged. A tier
-- that is not in the ladder has no order. Whether a row exists is asked before all this, by eligibility_bucket.
create function eligibility_reason(p_enabled boolean, p_tier_eligibility text, p_mission_order integer, p_creator_order integer)
returns text language sql immutable parallel safe as $$
  select case
    when not p_enabled then 'mission_disabled'
    when p_tier_eligibility = 'all' then null
    when p_mission_order is null then 'mission_tier_unknown'
    when p_creator_order is null then 'creator_tier_unknown'
    when p_creator_order < p_mission_order then 'tier_too_low'
  end
$$;

-- The same question as a plain boolean, because the planner cannot see through a case; a test walks all combinations of both.
create function is_eligible(p_enabled boolean, p_tier_eligibility text, p_mission_order integer, p_creator_order integer)
returns boolean language sql immutable parallel safe as $$
  select p_enabled and (p_tier_eligibility = 'all' or coalesce(p_creator_order >= p_mission_order, false))
$$;

create function eligibility_bucket(p_is_seeded boolean, p_reason text)
returns text language sql immutable parallel safe as $$
  select case
    when p_is_seeded then 'already_seeded'
    when p_reason is null then 'will_create'
    when p_reason in ('mission_tier_unknown', 'creator_tier_unknown') then 'unknown'
    else 'not_eligible'
  end
$$;

drop view mission_eligibility;

create type mission_verdict as (
  client_id uuid,
  mission_id uuid,
  user_id uuid,
  tiktok_handle text collate "C",
  current_tier text,
  tier_eligibility text,
  creator_tier_order integer,
  mission_tier_order integer,
  is_enabled boolean,
  is_seeded boolean,
  is_eligible boolean,
  bucket text,
  reason_code text,
  status_if_seeded text,
  checkpoint_start timestamptz,
  checkpoint_end timestamptz,
  row_cycle smallint,
  row_status text,
  row_start timestamptz,
  row_end timestamptz,
  row_created_at timestamptz,
  row_seed_id uuid
);

-- For every client, mission and creator: is it eligible, is it seeded, bucket, reason, status and window to be written, and the row
-- that exists; one mission (null: none) judged as if its tier and its master switch were others (null: as saved). A plain SQL
-- function that the planner inlines: with constant nulls nothing of the what-if is left in the plan. It runs as its caller, so the
-- reader's own policies hold. is_eligible and is_seeded are plain booleans, because `not is_seeded` is planned as an anti-join and a
-- filter on a case is not. "A row exists" means any cycle: the first one there is stands for all (the subquery runs only for rows of
-- a later cycle). Callers name the client and, where they mean one, the mission.
create function mission_eligibility_if(p_mission_id uuid, p_tier_eligibility text, p_enabled boolean)
returns setof mission_verdict language sql stable parallel safe as $$
  select
    m.client_id,
    m.id,
    u.id,
    u.tiktok_handle,
    u.current_tier,
    m.tier_eligibility,
    own.tier_order,
    wanted.tier_order,
    m.enabled,
    p.user_id is not null,
    is_eligible(m.enabled, m.tier_eligibility, wanted.tier_order, own.tier_order),
    eligibility_bucket(p.user_id is not null, eligibility_reason(m.enabled, m.tier_eligibility, wanted.tier_order, own.tier_order)),
    case when p.user_id is null then eligibility_reason(m.enabled, m.tier_eligibility, wanted.tier_order, own.tier_order) end,
    case when m.activated then 'active' else 'dormant' end,
    u.tier_achieved_at,
    u.next_checkpoint_at,
    p.cycle,
    p.status,
    p.checkpoint_start,
    p.checkpoint_end,
    p.created_at,
    p.seed_id
  from (
    select s.client_id, s.id, s.activated,
      coalesce(case when s.id = p_mission_id then p_tier_eligibility end, s.tier_eligibility) as tier_eligibility,
      coalesce(case when s.id = p_mission_id then p_enabled end, s.enabled) as enabled
    from missions s
  ) m
  join users u on u.client_id = m.client_id
  left join tiers wanted on wanted.client_id = m.client_id and wanted.tier_id = m.tier_eligibility
  left join tiers own on own.client_id = u.client_id and own.tier_id = u.current_tier
  left join mission_progress p on p.client_id = u.client_id and p.user_id = u.id and p.mission_id = m.id
    and (p.cycle = 1 or not exists (
      select 1 from mission_progress earlier
      where earlier.client_id = p.client_id and earlier.user_id = p.user_id and earlier.mission_id = p.mission_id
        and earlier.cycle < p.cycle))
$$;

-- What is saved. security_invoker: the reader's own policies hold.
create view mission_eligibility with (security_invoker = true) as
select e.* from mission_eligibility_if(null, null, null) e;
grant select on mission_eligibility to muster_app;

-- 2. The log of every change of what decides: creators' tiers and windows, missions' terms, the ladder, and progress rows that came
-- or went outside a seed. Rows that a seed created are found through `seeds`, so a seed of millions logs nothing.

-- `xact` is the transaction that wrote the row: a reader keeps the snapshot it has seen and asks for what is not visible in it; a
-- change that commits late is not lost, as it would be by id or by time. (A bigint, because Prisma has no xid8.)
-- No foreign keys: only the triggers below write here, from rows that have theirs.
create table eligibility_changes (
  client_id uuid not null,
  id bigint generated by default as identity,
  xact bigint not null default (pg_current_xact_id()::text::bigint),
  at timestamptz not null default clock_timestamp(),
  subject text not null check (subject in ('creator', 'mission', 'tier', 'row')),
  action text not null check (action in ('insert', 'update', 'delete')),
  user_id uuid,
  mission_id uuid,
  tier_id text,
  seed_id uuid,
  before jsonb,
  after jsonb,
  primary key (client_id, id),
  constraint eligibility_changes_names_its_subject check (case subject
    when 'creator' then user_id is not null and mission_id is null and tier_id is null
    when 'mission' then mission_id is not null and user_id is null and tier_id is null
    when 'tier' then tier_id is not null and user_id is null and mission_id is null
    else user_id is not null and mission_id is not null and tier_id is null end)
);
create index eligibility_changes_client_id_xact_idx on eligibility_changes (client_id, xact);
create index eligibility_changes_client_id_user_id_id_idx on eligibility_changes (client_id, user_id, id);
create trigger eligibility_changes_append_only before update on eligibility_changes
  for each row execute function refuse_change('the log of changes is append-only');

-- security definer: nobody but these triggers writes the log.
create function log_creator_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_before jsonb;
  v_after jsonb;
begin
  if tg_op <> 'INSERT' then
    v_before := jsonb_build_object('tier', old.current_tier, 'start', old.tier_achieved_at, 'end', old.next_checkpoint_at,
      'handle', old.tiktok_handle);
  end if;
  if tg_op = 'UPDATE' then
    v_after := jsonb_build_object('tier', new.current_tier, 'start', new.tier_achieved_at, 'end', new.next_checkpoint_at);
  end if;
  insert into eligibility_changes (client_id, subject, action, user_id, before, after)
  values (coalesce(new.client_id, old.client_id), 'creator', lower(tg_op), coalesce(new.id, old.id), v_before, v_after);
  return null;
end
$$;
create trigger users_log_insert after insert on users for each row execute function log_creator_change();
create trigger users_log_update after update of current_tier, tier_achieved_at, next_checkpoint_at on users
  for each row when ((old.current_tier, old.tier_achieved_at, old.next_checkpoint_at)
    is distinct from (new.current_tier, new.tier_achieved_at, new.next_checkpoint_at))
  execute function log_creator_change();
create trigger users_log_delete after delete on users for each row execute function log_creator_change();

create function log_mission_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_before jsonb;
  v_after jsonb;
begin
  if tg_op <> 'INSERT' then
    v_before := jsonb_build_object('tier_eligibility', old.tier_eligibility, 'enabled', old.enabled, 'activated', old.activated);
  end if;
  if tg_op <> 'DELETE' then
    v_after := jsonb_build_object('tier_eligibility', new.tier_eligibility, 'enabled', new.enabled, 'activated', new.activated);
  end if;
  insert into eligibility_changes (client_id, subject, action, mission_id, before, after)
  values (coalesce(new.client_id, old.client_id), 'mission', lower(tg_op), coalesce(new.id, old.id), v_before, v_after);
  return null;
end
$$;
create trigger missions_log_insert after insert on missions for each row execute function log_mission_change();
create trigger missions_log_update after update of tier_eligibility, enabled, activated on missions
  for each row when ((old.tier_eligibility, old.enabled, old.activated)
    is distinct from (new.tier_eligibility, new.enabled, new.activated))
  execute function log_mission_change();
create trigger missions_log_delete after delete on missions for each row execute function log_mission_change();

create function log_tier_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_before jsonb;
  v_after jsonb;
begin
  if tg_op <> 'INSERT' then v_before := jsonb_build_object('order', old.tier_order, 'name', old.tier_name); end if;
  if tg_op <> 'DELETE' then v_after := jsonb_build_object('order', new.tier_order, 'name', new.tier_name); end if;
  insert into eligibility_changes (client_id, subject, action, tier_id, before, after)
  values (coalesce(new.client_id, old.client_id), 'tier', lower(tg_op), coalesce(new.tier_id, old.tier_id), v_before, v_after);
  return null;
end
$$;
create trigger tiers_log_insert after insert on tiers for each row execute function log_tier_change();
create trigger tiers_log_update after update of tier_order on tiers
  for each row when (old.tier_order is distinct from new.tier_order) execute function log_tier_change();
create trigger tiers_log_delete after delete on tiers for each row execute function log_tier_change();

-- A row without a seed was inserted by hand, and a deleted one leaves nothing behind: both are named here.
create function log_row_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into eligibility_changes (client_id, subject, action, user_id, mission_id, seed_id)
  values (coalesce(new.client_id, old.client_id), 'row', lower(tg_op), coalesce(new.user_id, old.user_id),
    coalesce(new.mission_id, old.mission_id), coalesce(new.seed_id, old.seed_id));
  return null;
end
$$;
create trigger mission_progress_log_insert after insert on mission_progress
  for each row when (new.seed_id is null) execute function log_row_change();
create trigger mission_progress_log_delete after delete on mission_progress for each row execute function log_row_change();

revoke execute on function log_creator_change(), log_mission_change(), log_tier_change(), log_row_change() from public;

-- 3. Plans.

alter table seeds drop column plan;
alter table seeds add column plan_id uuid;
-- 0: seeds of before this column, which every plan's snapshot has seen.
alter table seeds add column xact bigint not null default 0;
alter table seeds alter column xact set default (pg_current_xact_id()::text::bigint);
create index seeds_client_id_xact_idx on seeds (client_id, xact);
create unique index seeds_client_id_plan_id_key on seeds (client_id, plan_id);

-- What a preview promised: for which missions, judged from which snapshot (pg_snapshot as text, because Prisma does not know it),
-- with which counts. What has changed since is found in the log; no pair is copied.
create table seed_plans (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  mission_ids uuid[] not null check (cardinality(mission_ids) > 0),
  -- judged as if the missions were enabled: the plan of an activation
  supposes_enabled boolean not null default false,
  snapshot text not null check (snapshot::pg_snapshot is not null),
  -- the preview as it was shown, per mission: counts and status to be written
  missions jsonb not null check (jsonb_typeof(missions) = 'array'),
  will_create integer not null check (will_create >= 0),
  already_seeded integer not null check (already_seeded >= 0),
  not_eligible integer not null check (not_eligible >= 0),
  unknown integer not null check (unknown >= 0),
  by_name text not null,
  by_id text,
  computed_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (client_id, id),
  constraint seed_plans_expire_later check (expires_at > computed_at),
  constraint seed_plans_suppose_for_one_mission check (not supposes_enabled or cardinality(mission_ids) = 1)
);
create index seed_plans_client_id_expires_at_idx on seed_plans (client_id, expires_at);
create trigger seed_plans_stay_as_shown before update on seed_plans
  for each row execute function refuse_change('a plan stays as it was shown');

grant select on eligibility_changes to muster_app;
grant select, insert, delete on seed_plans to muster_app;

alter table eligibility_changes enable row level security;
create policy eligibility_changes_of_the_client on eligibility_changes
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
alter table seed_plans enable row level security;
create policy seed_plans_of_the_client on seed_plans
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
