-- Whom a seeding may still have to seed: since it leaves nobody behind who qualifies, only those of whom the log of changes has told
-- something since. So "who will be created" is found in the size of what changed, not of the programme.

-- Per mission the snapshot before its last seeding looked; nothing visible in it is still open.
create table seeding_marks (
  client_id uuid not null,
  mission_id uuid not null,
  snapshot text not null check (snapshot::pg_snapshot is not null),
  primary key (client_id, mission_id),
  foreign key (client_id, mission_id) references missions (client_id, id) on delete restrict on update no action
);
grant select, insert on seeding_marks to muster_app;
grant update (snapshot) on seeding_marks to muster_app;
alter table seeding_marks enable row level security;
create policy seeding_marks_of_the_client on seeding_marks
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);

-- The creators of whom something is logged that a snapshot has not seen and that could let them into a mission; null when that
-- cannot be told by name: the mission or the ladder changed, or more than p_limit entries are there. Costs at most p_limit entries.
create function changed_creators(p_client_id uuid, p_mission_id uuid, p_snapshot text, p_limit integer) returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select case when count(*) > p_limit or bool_or(l.subject = 'tier' or (l.subject = 'mission' and l.mission_id = p_mission_id)) then null
    else coalesce(array_agg(distinct l.user_id)
      filter (where l.subject = 'creator' or (l.subject = 'row' and l.mission_id = p_mission_id)), '{}') end
  from (
    select c.subject, c.mission_id, c.user_id from eligibility_changes c
    where c.client_id = p_client_id and c.xact >= pg_snapshot_xmin(p_snapshot::pg_snapshot)::text::bigint
      and not pg_visible_in_snapshot(c.xact::text::xid8, p_snapshot::pg_snapshot)
    limit p_limit + 1
  ) l
$$;

-- Who may be open for a mission: everybody else has a row or does not qualify. Null: nobody can be left out.
create function open_candidates(p_client_id uuid, p_mission_id uuid, p_limit integer) returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select changed_creators(k.client_id, k.mission_id, k.snapshot, p_limit)
  from seeding_marks k where k.client_id = p_client_id and k.mission_id = p_mission_id
$$;

-- Sets the marks of a seeding. A mark since which nothing was logged is as good as a new one and stays, so that a night without
-- changes writes nothing and seedings at once do not wait for each other.
create function mark_seeded(p_client_id uuid, p_missions uuid[], p_snapshot text) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into seeding_marks (client_id, mission_id, snapshot)
  select m.client_id, m.id, p_snapshot from missions m
  where m.client_id = p_client_id and (p_missions is null or m.id = any (p_missions))
    and open_candidates(p_client_id, m.id, 0) is null
  order by m.id
  on conflict (client_id, mission_id) do update set snapshot = excluded.snapshot
$$;

-- The one insert, as it was; the snapshot of its marks is taken before it looks, so that what commits in between is looked at again.
create or replace function seed_mission_progress(p_client_id uuid, p_missions uuid[], p_seed_id uuid) returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  v_snapshot text := pg_current_snapshot()::text;
  v_created integer;
begin
  execute $insert$
    with created as (
      insert into mission_progress (client_id, user_id, mission_id, status, checkpoint_start, checkpoint_end, seed_id)
      select e.client_id, e.user_id, e.mission_id, e.status_if_seeded, e.checkpoint_start, e.checkpoint_end, $3
      from mission_eligibility e
      where e.client_id = $1 and e.is_eligible and not e.is_seeded and ($2 is null or e.mission_id = any ($2))
      order by e.user_id, e.mission_id
      on conflict do nothing
      returning client_id, mission_id
    ), counted as (
      select c.client_id, c.mission_id, count(*)::integer as created from created c group by c.client_id, c.mission_id
    ), noted as (
      insert into seed_missions (client_id, seed_id, mission_id, created)
      select c.client_id, $3, c.mission_id, c.created from counted c where $3 is not null
    )
    select coalesce(sum(c.created), 0)::integer from counted c
  $insert$ into v_created using p_client_id, p_missions, p_seed_id;
  perform mark_seeded(p_client_id, p_missions, v_snapshot);
  return v_created;
end
$$;

revoke execute on function changed_creators(uuid, uuid, text, integer), open_candidates(uuid, uuid, integer),
  mark_seeded(uuid, uuid[], text) from public;
grant execute on function changed_creators(uuid, uuid, text, integer), open_candidates(uuid, uuid, integer),
  mark_seeded(uuid, uuid[], text) to muster_app;
