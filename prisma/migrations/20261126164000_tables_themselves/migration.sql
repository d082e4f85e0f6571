-- What the planner knows is asked of a table itself. In a client's home on a node of a cluster its name is that of a view, of which
-- nothing is known: every part of a handle was taken for rare there.

-- The table that a name means, also through a view over one table; null where there is none.
create function table_itself(p_name text) returns regclass
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((
    select d.refobjid::regclass from pg_rewrite r
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
      and d.refobjid <> r.ev_class
    where r.ev_class = to_regclass(p_name) limit 1), to_regclass(p_name))
$$;

-- In PL/pgSQL, which keeps the plan: to make it takes five times as long as the answer.
create or replace function share_of_handles(p_part text) returns double precision
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  v_table regclass := table_itself('users');
begin
  return (
    select coalesce(avg((strpos(h.handle, p_part) > 0)::integer), 0)
    from pg_stats s cross join unnest(s.histogram_bounds::text::text[]) h (handle)
    where s.schemaname = (select t.relnamespace::regnamespace::name from pg_class t where t.oid = v_table)
      and s.tablename = (select t.relname from pg_class t where t.oid = v_table) and s.attname = 'tiktok_handle');
end
$$;
revoke execute on function table_itself(text) from public;

create or replace function rare_creators_in_order(
  p_client_id uuid, p_part text, p_tiers text[], p_from text, p_backward boolean, p_limit integer
) returns uuid[]
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  v_start text := coalesce(case when length(p_part) > 5 then substring(p_part from '[a-z0-9]{3}') end, p_part);
  v_end text := coalesce(case when length(p_part) > 5 then substring(p_part from '.*([a-z0-9]{3})') end, p_part);
  v_is_most boolean := (
    select 2 * sum(c.creators) > (select t.reltuples from pg_class t where t.oid = table_itself('users'))
    from eligibility_counts c where c.client_id = p_client_id and c.mission_id is null);
  v_users uuid[];
begin
  execute $page$
    select array(
      select f.id
      from (
        select u.id, u.tiktok_handle from users u
        where case when $9 then u.client_id is not distinct from $1 else u.client_id = $1 end
          and u.tiktok_handle like $6 and u.tiktok_handle like $7 and strpos(u.tiktok_handle, $2) > 0
          and ($3 is null or u.current_tier = any ($3))
          and ($4 is null or case when $8 then u.tiktok_handle < $4 else u.tiktok_handle > $4 end)
        offset 0
      ) f
      order by case when $8 then f.tiktok_handle end desc, f.tiktok_handle limit $5)
  $page$ into v_users
  using p_client_id, p_part, p_tiers, p_from, p_limit, '%' || literal_pattern(v_start) || '%', '%' || literal_pattern(v_end) || '%',
    p_backward, v_is_most;
  return v_users;
end
$$;
