-- A seeding looks only where something can be open: at the missions of which the kept counts say so and, since the last seeding of a
-- mission left nobody behind, at the creators of whom the log of changes tells something since. A night without changes looks at
-- nothing and writes nothing.

-- The one insert (domain reference, section 4): every will_create pair of the chosen missions and creators (null: of all), marked
-- with the seed. Answers the rows inserted; one order of locks for everybody. `execute` plans it anew each time: a plan made while
-- the table was empty must not be kept. (Not plan_cache_mode = force_custom_plan on the function: the foreign-key checks would be
-- planned anew for every row, 46 s instead of 13 s for 622,500 rows.)
create function insert_open_pairs(p_client_id uuid, p_missions uuid[], p_users uuid[], p_seed_id uuid) returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_created integer;
begin
  -- whoever finds rows of this seeding finds them by its entry in seeds; the log of changes need not name them
  perform set_config('muster.seeding', coalesce(p_seed_id::text, ''), true);
  execute $insert$
    with created as (
      insert into mission_progress (client_id, user_id, mission_id, status, checkpoint_start, checkpoint_end, seed_id)
      select e.client_id, e.user_id, e.mission_id, e.status_if_seeded, e.checkpoint_start, e.checkpoint_end, $4
      from mission_eligibility e
      where e.client_id = $1 and e.is_eligible and not e.is_seeded
        and ($2 is null or e.mission_id = any ($2)) and ($3 is null or e.user_id = any ($3))
      order by e.user_id, e.mission_id
      on conflict do nothing
      returning client_id, mission_id
    ), counted as (
      select c.client_id, c.mission_id, count(*)::integer as created from created c group by c.client_id, c.mission_id
    ), noted as (
      insert into seed_missions (client_id, seed_id, mission_id, created)
      select c.client_id, $4, c.mission_id, c.created from counted c where $4 is not null
    )
    select coalesce(sum(c.created), 0)::integer from counted c
  $insert$ into v_created using p_client_id, p_missions, p_users, p_seed_id;
  perform set_config('muster.seeding', '', true);
  return v_created;
end
$$;

-- Missions of which the kept counts know somebody open; null: nobody is, of none of the chosen.
create function open_missions(p_client_id uuid, p_missions uuid[]) returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select array_agg(distinct g.mission_id) from eligibility_groups g
  where g.client_id = p_client_id and g.is_eligible and g.open > 0 and (p_missions is null or g.mission_id = any (p_missions))
$$;

-- Who may be open for these missions, all together; null: that cannot be told of one of them, or they are very many.
create function open_creators(p_client_id uuid, p_missions uuid[], p_limit integer) returns uuid[]
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  v_mission uuid;
  v_users uuid[] := '{}';
  v_more uuid[];
begin
  foreach v_mission in array p_missions loop
    v_more := open_candidates(p_client_id, v_mission, p_limit);
    if v_more is null then
      return null;
    end if;
    v_users := array(select distinct u.id from unnest(v_users || v_more) u (id));
  end loop;
  return v_users;
end
$$;

-- The snapshot of this moment for whoever keeps it: pg_current_snapshot() leaves the own transaction out, so that what it goes on to
-- write would seem seen. Here it is under way like any other.
create function snapshot_before_me() returns text
language sql volatile set search_path = pg_catalog, public, pg_temp as $$
  select case when o.xid is null or not pg_visible_in_snapshot(o.xid, o.snapshot) then o.snapshot::text
    else concat_ws(':', least(pg_snapshot_xmin(o.snapshot)::text::bigint, o.xid::text::bigint), pg_snapshot_xmax(o.snapshot),
      (select string_agg(x.xid::text, ',' order by x.xid::text::bigint)
        from (select o.xid union select pg_snapshot_xip(o.snapshot)) x (xid))) end
  from (select pg_current_xact_id_if_assigned() as xid, pg_current_snapshot() as snapshot) o
$$;

-- The snapshot of the marks is taken before anything is looked at, so that what commits in between is looked at again.
create or replace function seed_mission_progress(p_client_id uuid, p_missions uuid[], p_seed_id uuid) returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_snapshot text := snapshot_before_me();
  v_open uuid[] := open_missions(p_client_id, p_missions);
  v_created integer := 0;
begin
  if v_open is not null then
    -- before looking, not after millions of rows are written
    perform take_eligibility_turn(p_client_id);
    v_snapshot := snapshot_before_me();
    v_open := open_missions(p_client_id, p_missions);
    if v_open is not null then
      v_created := insert_open_pairs(p_client_id, v_open, open_creators(p_client_id, v_open, 100000), p_seed_id);
    end if;
  end if;
  perform mark_seeded(p_client_id, p_missions, v_snapshot);
  return v_created;
end
$$;

-- The whole anti-join, which believes neither counts nor log: creates what they have missed, and that is nothing. For the weekly
-- proof, and for whoever doubts.
create function reconcile_mission_progress(p_client_id uuid, p_seed_id uuid) returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_snapshot text;
  v_created integer;
begin
  perform take_eligibility_turn(p_client_id);
  v_snapshot := snapshot_before_me();
  v_created := insert_open_pairs(p_client_id, null, null, p_seed_id);
  perform mark_seeded(p_client_id, null, v_snapshot);
  return v_created;
end
$$;

revoke execute on function insert_open_pairs(uuid, uuid[], uuid[], uuid), open_missions(uuid, uuid[]),
  open_creators(uuid, uuid[], integer), snapshot_before_me(), reconcile_mission_progress(uuid, uuid) from public;
grant execute on function insert_open_pairs(uuid, uuid[], uuid[], uuid), open_missions(uuid, uuid[]),
  open_creators(uuid, uuid[], integer), snapshot_before_me(), reconcile_mission_progress(uuid, uuid) to muster_app;

-- Every row that did not come by a seeding's insert is logged by name, also one put back with the seed it once had.
drop trigger mission_progress_log_insert on mission_progress;
create function log_rows_added() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if coalesce(current_setting('muster.seeding', true), '') = '' then
    insert into eligibility_changes (client_id, subject, action, user_id, mission_id, seed_id)
    select a.client_id, 'row', 'insert', a.user_id, a.mission_id, a.seed_id from added a order by a.user_id, a.mission_id;
  end if;
  return null;
end
$$;
revoke execute on function log_rows_added() from public;
create trigger mission_progress_log_insert after insert on mission_progress referencing new table as added
  for each statement execute function log_rows_added();

-- A tier's id is what creators and missions name: under another one it is another tier.
create trigger tiers_id_is_final before update of tier_id on tiers
  for each row when (old.tier_id is distinct from new.tier_id)
  execute function refuse_change('the id of a tier never changes: add a tier and remove the old one');

-- A database restored into another cluster starts with low transaction ids again: what the log says of high ones would seem to lie
-- in the future of every snapshot, and kept snapshots would have seen what is yet to come. Called as the owner at every start: then
-- those entries become old ones, and kept snapshots of the future go; the next seeding looks at everybody. Answers the clients concerned.
drop trigger eligibility_changes_append_only on eligibility_changes;
create trigger eligibility_changes_append_only before update on eligibility_changes
  for each row when (new.xact <> 0 or (old.client_id, old.id, old.at, old.subject, old.action, old.user_id, old.mission_id, old.tier_id,
      old.seed_id, old.before, old.after)
    is distinct from (new.client_id, new.id, new.at, new.subject, new.action, new.user_id, new.mission_id, new.tier_id,
      new.seed_id, new.before, new.after))
  execute function refuse_change('the log of changes is append-only');
create function forget_future_snapshots() returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_next bigint;
  v_clients uuid[];
begin
  -- one statement, one snapshot: what others write meanwhile is not taken for the future
  select n.next, array(
    select c.id from clients c
    where exists (select from eligibility_changes l where l.client_id = c.id and l.xact >= n.next)
      or exists (select from seeds s where s.client_id = c.id and s.xact >= n.next)
      or exists (select from eligibility_turns t where t.client_id = c.id and t.xact >= n.next)
      or exists (select from seeding_marks k where k.client_id = c.id and pg_snapshot_xmax(k.snapshot::pg_snapshot)::text::bigint > n.next)
      or exists (select from seed_plans p where p.client_id = c.id and pg_snapshot_xmax(p.snapshot::pg_snapshot)::text::bigint > n.next))
  into v_next, v_clients
  from (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next) n;
  update eligibility_changes l set xact = 0 where l.client_id = any (v_clients) and l.xact >= v_next;
  update seeds s set xact = 0 where s.client_id = any (v_clients) and s.xact >= v_next;
  delete from seeding_marks k where k.client_id = any (v_clients);
  delete from seed_plans p where p.client_id = any (v_clients);
  update eligibility_turns t set xact = 0 where t.client_id = any (v_clients);
  return cardinality(v_clients);
end
$$;
revoke execute on function forget_future_snapshots() from public;
