-- Seedings can be undone: what each one created per mission, and who undid it.

-- How many rows a seeding created for a mission; missions for which it created none have no row here. It names the missions that
-- a seeding's progress rows belong to, so that they are found by (client, mission): seed_id has no index (it would cost every seed).
-- The reference to the seed is checked at commit, because the rows are inserted before their number, and with it the seed, is known.
create table seed_missions (
  client_id uuid not null,
  seed_id uuid not null,
  mission_id uuid not null,
  created integer not null check (created > 0),
  primary key (client_id, seed_id, mission_id),
  foreign key (client_id, seed_id) references seeds (client_id, id) on delete restrict on update no action
    deferrable initially deferred,
  foreign key (client_id, mission_id) references missions (client_id, id) on delete restrict on update no action
);
create index seed_missions_client_id_mission_id_idx on seed_missions (client_id, mission_id);
create trigger seed_missions_append_only before update on seed_missions
  for each row execute function refuse_change('what a seeding created never changes');
create trigger seed_missions_stay before delete on seed_missions
  for each row execute function refuse_change('what a seeding created never changes');

grant select, insert on seed_missions to muster_app;
alter table seed_missions enable row level security;
create policy seed_missions_of_the_client on seed_missions
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);

-- The one insert, as it was, and beside it what was created per mission, counted from the rows as they go in. At 1.2 M rows that
-- makes a first seed 3 to 18 % dearer (three pairs, median 12 %); counting afterwards takes 0.5 s, but would read all rows of the
-- programme for each seed that creates a single one.
create or replace function seed_mission_progress(p_client_id uuid, p_missions uuid[], p_seed_id uuid) returns integer
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
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
  return v_created;
end
$$;

-- A seeding is undone once: rows that were kept then are completed or earned a reward, and stay so. `removed` and `kept` are the
-- rows of the seeding that were there; fewer than `created` where an activation had replaced some.
alter table seeds
  add column undone_at timestamptz,
  add column undone_by_name text,
  add column undone_by_id text,
  add column removed integer,
  add column kept integer,
  add constraint seeds_undone_as_a_whole check (
    (undone_at is null) = (undone_by_name is null) and (undone_at is null) = (removed is null)
    and (undone_at is null) = (kept is null) and (undone_by_id is null or undone_at is not null)),
  add constraint seeds_undone_adds_up check (removed > 0 and kept >= 0 and removed + kept <= created);
create trigger seeds_undone_once before update of undone_at, undone_by_name, undone_by_id, removed, kept on seeds
  for each row when (old.undone_at is not null
    and (old.undone_at, old.undone_by_name, old.undone_by_id, old.removed, old.kept)
      is distinct from (new.undone_at, new.undone_by_name, new.undone_by_id, new.removed, new.kept))
  execute function refuse_change('a seeding is undone once, and stays undone');
grant update (undone_at, undone_by_name, undone_by_id, removed, kept) on seeds to muster_app;

-- Seedings of before this table: of one mission alone the number is known; of several, the rows that are still there are counted.
-- Last of all, because the references are checked at commit, and until then nothing of the table may be altered.
insert into seed_missions (client_id, seed_id, mission_id, created)
select s.client_id, s.id, s.mission_ids[1], s.created
from seeds s
join missions m on m.client_id = s.client_id and m.id = s.mission_ids[1]
where cardinality(s.mission_ids) = 1;
insert into seed_missions (client_id, seed_id, mission_id, created)
select p.client_id, p.seed_id, p.mission_id, count(*)
from mission_progress p
join seeds s on s.client_id = p.client_id and s.id = p.seed_id
group by p.client_id, p.seed_id, p.mission_id
on conflict do nothing;
