-- The one definition of eligibility (domain reference, section 3) and the one insert that seeds (section 4).

-- For every client, mission and creator: is it eligible, is it seeded, bucket, reason, status and window to be written, and the
-- row that exists. security_invoker: the reader's own policies hold. is_eligible and is_seeded are plain booleans, because
-- `not is_seeded` is planned as an anti-join and a filter on a case is not. "A row exists" means any cycle: the first one there is
-- stands for all (the subquery runs only for rows of a later cycle).
-- The columns that end in _if_enabled hold the rule without the master switch: a draft is previewed by reading them. The switch is
-- added on top of them, once, so that "what if it were enabled" and "it is enabled" cannot come to differ.
create view mission_eligibility with (security_invoker = true) as
select
  j.client_id,
  j.mission_id,
  j.user_id,
  j.tiktok_handle,
  j.current_tier,
  j.tier_eligibility,
  j.creator_tier_order,
  j.mission_tier_order,
  j.is_seeded,
  j.is_enabled and j.is_eligible_if_enabled as is_eligible,
  case when j.is_enabled or j.is_seeded then j.bucket_if_enabled else 'not_eligible' end as bucket,
  case when j.is_enabled or j.is_seeded then j.reason_if_enabled else 'mission_disabled' end as reason_code,
  j.is_eligible_if_enabled,
  j.bucket_if_enabled,
  j.reason_if_enabled,
  j.status_if_seeded,
  j.checkpoint_start,
  j.checkpoint_end,
  j.row_cycle,
  j.row_status,
  j.row_start,
  j.row_end,
  j.row_created_at
from (
  select
    m.client_id,
    m.id as mission_id,
    u.id as user_id,
    u.tiktok_handle,
    u.current_tier,
    m.tier_eligibility,
    own.tier_order as creator_tier_order,
    wanted.tier_order as mission_tier_order,
    m.enabled as is_enabled,
    p.user_id is not null as is_seeded,
    m.tier_eligibility = 'all' or coalesce(own.tier_order >= wanted.tier_order, false) as is_eligible_if_enabled,
    case
      when p.user_id is not null then 'already_seeded'
      when m.tier_eligibility = 'all' then 'will_create'
      when wanted.tier_id is null or own.tier_id is null then 'unknown'
      when own.tier_order < wanted.tier_order then 'not_eligible'
      else 'will_create'
    end as bucket_if_enabled,
    case
      when p.user_id is not null or m.tier_eligibility = 'all' then null
      when wanted.tier_id is null then 'mission_tier_unknown'
      when own.tier_id is null then 'creator_tier_unknown'
      when own.tier_order < wanted.tier_order then 'tier_too_low'
    end as reason_if_enabled,
    case when m.activated then 'active' else 'dormant' end as status_if_seeded,
    u.tier_achieved_at as checkpoint_start,
    u.next_checkpoint_at as checkpoint_end,
    p.cycle as row_cycle,
    p.status as row_status,
    p.checkpoint_start as row_start,
    p.checkpoint_end as row_end,
    p.created_at as row_created_at
  from missions m
  join users u on u.client_id = m.client_id
  left join tiers wanted on wanted.client_id = m.client_id and wanted.tier_id = m.tier_eligibility
  left join tiers own on own.client_id = u.client_id and own.tier_id = u.current_tier
  left join mission_progress p on p.client_id = u.client_id and p.user_id = u.id and p.mission_id = m.id
    and (p.cycle = 1 or not exists (
      select 1 from mission_progress earlier
      where earlier.client_id = p.client_id and earlier.user_id = p.user_id and earlier.mission_id = p.mission_id
        and earlier.cycle < p.cycle))
) j;

grant select on mission_eligibility to muster_app;

-- The one insert: every will_create pair of the chosen missions (null: all), marked with the seed. Answers the rows inserted;
-- one order of locks for everybody. `execute` plans it anew each time: a plan made while the table was empty must not be kept.
-- (Not plan_cache_mode = force_custom_plan on the function: the foreign-key checks would be planned anew for every row,
-- 46 s instead of 13 s for 622,500 rows.)
create function seed_mission_progress(p_client_id uuid, p_missions uuid[], p_seed_id uuid) returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_created integer;
begin
  execute $insert$
    insert into mission_progress (client_id, user_id, mission_id, status, checkpoint_start, checkpoint_end, seed_id)
    select e.client_id, e.user_id, e.mission_id, e.status_if_seeded, e.checkpoint_start, e.checkpoint_end, $3
    from mission_eligibility e
    where e.client_id = $1 and e.is_eligible and not e.is_seeded and ($2 is null or e.mission_id = any ($2))
    order by e.user_id, e.mission_id
    on conflict do nothing
  $insert$ using p_client_id, p_missions, p_seed_id;
  get diagnostics v_created = row_count;
  return v_created;
end
$$;
revoke execute on function seed_mission_progress(uuid, uuid[], uuid) from public;
grant execute on function seed_mission_progress(uuid, uuid[], uuid) to muster_app;

-- The contract for anyone who works with SQL: seeds all missions of one client and answers the number created (0 for a client
-- that does not exist). As its definer it owns the tables and is not under their policies, so app.client_id is not touched.
-- Inside, current_user is the owner; who called is the role that was set, else the one that signed in.
create function create_mission_progress_for_eligible_users(p_client_id uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_seed uuid := gen_random_uuid();
  v_role text := coalesce(nullif(current_setting('role', true), 'none'), session_user);
  v_created integer;
begin
  v_created := seed_mission_progress(p_client_id, null, v_seed);
  if v_created > 0 then
    insert into seeds (client_id, id, source, by_name, mission_ids, created, already_seeded, not_eligible, unknown)
    select p_client_id, v_seed, 'sql', v_role, null, v_created, count(*) filter (where e.is_seeded) - v_created,
      count(*) filter (where e.bucket = 'not_eligible'), count(*) filter (where e.bucket = 'unknown')
    from mission_eligibility e where e.client_id = p_client_id;
    insert into audit_log (client_id, actor_kind, actor_name, action, subject_kind, subject_id, counts)
    values (p_client_id, 'sql', v_role, 'missions.seeded', 'seed', v_seed::text, jsonb_build_object('created', v_created));
  end if;
  return v_created;
end
$$;
revoke execute on function create_mission_progress_for_eligible_users(uuid) from public;
do $$
begin
  if exists (select 1 from pg_roles where rolname = 'service_role') then
    grant execute on function create_mission_progress_for_eligible_users(uuid) to service_role;
  end if;
end
$$;

-- Search inside a handle. Under a policy PostgreSQL does not use a trigram index (like is not leakproof), so this narrow function
-- runs as the owner and compares its client with the session's itself. p_part is taken literally.
create function search_creators(p_client_id uuid, p_part text) returns table (user_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id from users u
  where u.client_id = p_client_id
    and p_client_id = nullif(current_setting('app.client_id', true), '')::uuid
    and u.tiktok_handle like '%' || replace(replace(replace(p_part, '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;
revoke execute on function search_creators(uuid, text) from public;
grant execute on function search_creators(uuid, text) to muster_app;
