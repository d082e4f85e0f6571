-- Rows that are added are counted in one pass, by everything that is kept of them: per mission and tier, per status and day of end,
-- and per mission of a seeding. Three passes over millions of rows were a tenth of a first seed.

drop trigger mission_progress_count_status_insert on mission_progress;

-- Rows are counted under the tier that their creators have now: the statement may have read an older one, the turn may not. Where
-- later cycles exist, a pair that has a row already is not one more creator.
create or replace function count_rows_added() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_clients uuid[] := array(select distinct a.client_id from added a order by a.client_id);
  v_seed_id uuid := nullif(current_setting('muster.seeding', true), '')::uuid;
  v_has_later_cycles boolean;
begin
  perform take_eligibility_turn(c.id) from unnest(v_clients) c (id);
  v_has_later_cycles := exists (select from mission_progress p where p.cycle > 1);
  with counted as materialized (
    select a.client_id, a.mission_id, u.current_tier as tier_id, a.status,
      counted_end_day(a.status, a.checkpoint_end, c.timezone) as end_day, a.seed_id, count(*)::integer as rows
    from added a
    -- left, so that no estimate of it makes few rows of many and looks each creator up
    left join clients c on c.id = a.client_id
    join users u on u.client_id = a.client_id and u.id = a.user_id
    group by 1, 2, 3, 4, 5, 6
  ), creators as (
    insert into eligibility_counts (client_id, mission_id, tier_id, creators)
    select n.client_id, n.mission_id, n.tier_id, sum(n.rows) from counted n where not v_has_later_cycles group by 1, 2, 3
  ), statuses as (
    insert into progress_counts (client_id, mission_id, status, end_day, rows)
    select n.client_id, n.mission_id, n.status, n.end_day, sum(n.rows) from counted n group by 1, 2, 3, 4
  )
  insert into seed_missions (client_id, seed_id, mission_id, created)
  select n.client_id, n.seed_id, n.mission_id, sum(n.rows) from counted n where n.seed_id = v_seed_id group by 1, 2, 3;
  if v_has_later_cycles then
    insert into eligibility_counts (client_id, mission_id, tier_id, creators)
    select n.client_id, n.mission_id, u.current_tier, count(*)
    from (
      select distinct a.client_id, a.user_id, a.mission_id from added a
      where not exists (
        select from mission_progress p
        where p.client_id = a.client_id and p.user_id = a.user_id and p.mission_id = a.mission_id and not exists (
          select from added o where o.client_id = p.client_id and o.user_id = p.user_id and o.mission_id = p.mission_id
            and o.cycle = p.cycle))
    ) n
    join users u on u.client_id = n.client_id and u.id = n.user_id
    group by n.client_id, n.mission_id, u.current_tier;
  end if;
  perform fold_many_eligibility_counts(c.id), fold_many_progress_counts(c.id) from unnest(v_clients) c (id);
  return null;
end
$$;

-- The one insert (domain reference, section 4): every will_create pair of the chosen missions and creators (null: of all), marked
-- with the seed. Answers the rows inserted; one order of locks for everybody. `execute` plans it anew each time: a plan made while
-- the table was empty must not be kept. (Not plan_cache_mode = force_custom_plan on the function: the foreign-key checks would be
-- planned anew for every row, 46 s instead of 13 s for 622,500 rows.)
create or replace function insert_open_pairs(p_client_id uuid, p_missions uuid[], p_users uuid[], p_seed_id uuid) returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_created integer;
begin
  -- whoever finds rows of this seeding finds them by its entry in seeds; the log of changes need not name them, and the count of
  -- added rows notes what this seeding created for each mission
  perform set_config('muster.seeding', coalesce(p_seed_id::text, ''), true);
  execute $insert$
    insert into mission_progress (client_id, user_id, mission_id, status, checkpoint_start, checkpoint_end, seed_id)
    select e.client_id, e.user_id, e.mission_id, e.status_if_seeded, e.checkpoint_start, e.checkpoint_end, $4
    from mission_eligibility e
    where e.client_id = $1 and e.is_eligible and not e.is_seeded
      and ($2 is null or e.mission_id = any ($2)) and ($3 is null or e.user_id = any ($3))
    order by e.user_id, e.mission_id
    on conflict do nothing
  $insert$ using p_client_id, p_missions, p_users, p_seed_id;
  get diagnostics v_created = row_count;
  perform set_config('muster.seeding', '', true);
  return v_created;
end
$$;
