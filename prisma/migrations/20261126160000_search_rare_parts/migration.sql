-- The creators that a page may show, as before; but who finds them is no longer left to the planner. It expected hits to be spread
-- over all handles and walked past 700,000 of a million to those of `olive_petal`, which lie together. Now a part that few handles
-- have is found by the trigrams, and only a common one by walking along the handles.

-- Of a sample of 500 handles, a part that one in 200 has is told from one that nobody has; of the usual 100 it is not.
alter table users alter column tiktok_handle set statistics 500;

-- The share of all handles that have this part, from the sample that the statistics keep of them; 0 where there are none yet.
create function share_of_handles(p_part text) returns double precision
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(avg((strpos(h.handle, p_part) > 0)::integer), 0)
  from pg_stats s cross join unnest(s.histogram_bounds::text::text[]) h (handle)
  where s.schemaname = 'public' and s.tablename = 'users' and s.attname = 'tiktok_handle'
$$;

-- A text as a pattern of `like` that means itself.
create function literal_pattern(p_text text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select replace(replace(replace(p_text, '\', '\\'), '%', '\%'), '_', '\_')
$$;

-- The next so many in the order of handles, from a handle on, of some tiers (null: of all), with a part in their handle (null: with
-- any), taken literally. `execute` plans each page anew, with its values. Like search_creators: as the owner, because of the trigram
-- index, and for the session's client alone.
create or replace function creators_in_order(
  p_client_id uuid, p_part text, p_tiers text[], p_from text, p_backward boolean, p_limit integer
) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_users uuid[];
begin
  if p_client_id is distinct from nullif(current_setting('app.client_id', true), '')::uuid then
    return '{}';
  end if;
  if p_part is not null and share_of_handles(p_part) < 0.01 then
    return rare_creators_in_order(p_client_id, p_part, p_tiers, p_from, p_backward, p_limit);
  end if;
  if p_backward then
    execute $page$
      select array(
        select u.id from users u
        where u.client_id = $1 and ($2 is null or strpos(u.tiktok_handle, $2) > 0) and ($4 is null or u.tiktok_handle < $4)
          and ($3 is null or case when cardinality($3) = 1 then u.current_tier = $3[1] else u.current_tier = any ($3) end)
        order by u.tiktok_handle desc limit $5)
    $page$ into v_users using p_client_id, p_part, p_tiers, p_from, p_limit;
  else
    execute $page$
      select array(
        select u.id from users u
        where u.client_id = $1 and ($2 is null or strpos(u.tiktok_handle, $2) > 0) and ($4 is null or u.tiktok_handle > $4)
          and ($3 is null or case when cardinality($3) = 1 then u.current_tier = $3[1] else u.current_tier = any ($3) end)
        order by u.tiktok_handle limit $5)
    $page$ into v_users using p_client_id, p_part, p_tiers, p_from, p_limit;
  end if;
  return v_users;
end
$$;

-- The same where a page may be all there is: every hit is found by the trigrams, then put in order. Two trigrams of a long part are
-- enough: each further one is a list as long, and who has both nearly always has the part. The index also has a list of the client's
-- creators; that of a client who has most of them all is the longest and tells least, so they are told by their rows (`is not distinct
-- from` is what no index knows). `offset 0` plans the search for all hits.
create function rare_creators_in_order(
  p_client_id uuid, p_part text, p_tiers text[], p_from text, p_backward boolean, p_limit integer
) returns uuid[]
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  v_start text := coalesce(case when length(p_part) > 5 then substring(p_part from '[a-z0-9]{3}') end, p_part);
  v_end text := coalesce(case when length(p_part) > 5 then substring(p_part from '.*([a-z0-9]{3})') end, p_part);
  v_is_most boolean := (
    select 2 * sum(c.creators) > (select t.reltuples from pg_class t where t.oid = 'users'::regclass)
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

revoke execute on function share_of_handles(text), literal_pattern(text),
  rare_creators_in_order(uuid, text, text[], text, boolean, integer) from public;
