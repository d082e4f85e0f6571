-- The trigrams of a handle across its marks. To pg_trgm `_` and `.` end a word, so that `olive_petal` and `petal_olive` had the same
-- trigrams, and each of them as many others have. The index now reads a mark as a letter that is rare otherwise: what stands on both
-- sides of one tells most about a handle. Half as many are looked at for a part like this one, and the lists read for it are shorter.

-- What that index is asked for to find a part: a pattern of `like` that every handle with this part fits, and few others. Of a long part
-- its two ends and what stands around each mark, because a trigram more is a list more to read. Some that fit do not have the part (a
-- `q` for a `_`): whoever asks compares as well.
create function handle_pattern(p_part text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select '%' || translate(case when length(p_part) <= 6 then p_part else
    left(p_part, 3) || regexp_replace(substr(p_part, 4, length(p_part) - 6), '((?<![_.])[a-z0-9](?![_.]))+', '%', 'g') || right(p_part, 3)
  end, '_.', 'qx') || '%'
$$;
revoke execute on function handle_pattern(text) from public;

create or replace function search_creators(p_client_id uuid, p_part text) returns table (user_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id from users u
  where u.client_id = p_client_id
    and p_client_id = nullif(current_setting('app.client_id', true), '')::uuid
    and strpos(u.tiktok_handle, p_part) > 0
    and translate(u.tiktok_handle, '_.', 'qx') like handle_pattern(p_part)
$$;

-- By one process: with more the planner walks along all handles, which takes twice as long as the hits of the index, and takes every core
-- of a small machine from the pages of others.
create or replace function count_creators_found(p_client_id uuid, p_part text, p_tiers text[]) returns integer
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp set max_parallel_workers_per_gather = 0 as $$
declare
  v_found integer;
begin
  if p_client_id is distinct from nullif(current_setting('app.client_id', true), '')::uuid then
    return 0;
  end if;
  execute $count$
    select count(*)::integer from users u
    where u.client_id = $1 and strpos(u.tiktok_handle, $2) > 0 and translate(u.tiktok_handle, '_.', 'qx') like $4
      and ($3 is null or case when cardinality($3) = 1 then u.current_tier = $3[1] else u.current_tier = any ($3) end)
  $count$ into v_found using p_client_id, p_part, p_tiers, handle_pattern(p_part);
  return v_found;
end
$$;

-- Known creators whose handles look like the given ones, at most three each; marks count for nothing, as before. Found by an index of
-- handles without their marks, and by the likeness that is wanted in the end: by less than that, of handles with their marks, most
-- creators with one word in common were looked at, 0.4 s for each handle among a million.
create or replace function resembling_creators(p_client_id uuid, p_handles text[]) returns table (handle text, user_id uuid, likeness real)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  -- Until the transaction ends; nothing else asks it. As a setting of the function's only a superuser could give it, before pg_trgm is loaded.
  perform set_config('pg_trgm.similarity_threshold', '0.55', true);
  return query
    select h.handle, m.id, m.likeness
    from unnest(p_handles) as h (handle)
    cross join lateral (
      select u.id, u.tiktok_handle, similarity(translate(u.tiktok_handle, '._', ''), translate(h.handle, '._', '')) as likeness
      from users u
      where u.client_id = p_client_id
        and p_client_id = nullif(current_setting('app.client_id', true), '')::uuid
        and translate(u.tiktok_handle, '._', '') % translate(h.handle, '._', '') and u.tiktok_handle <> h.handle
      order by likeness desc, u.tiktok_handle
      limit 3
    ) m;
end
$$;

-- The index also has a list of the client's creators; that of a client who has most of them all is the longest and tells least, so they
-- are told by their rows (`is not distinct from` is what no index knows). `offset 0` plans the search for all hits.
create or replace function rare_creators_in_order(
  p_client_id uuid, p_part text, p_tiers text[], p_from text, p_backward boolean, p_limit integer
) returns uuid[]
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
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
        where case when $8 then u.client_id is not distinct from $1 else u.client_id = $1 end
          and strpos(u.tiktok_handle, $2) > 0 and translate(u.tiktok_handle, '_.', 'qx') like $6
          and ($3 is null or u.current_tier = any ($3))
          and ($4 is null or case when $7 then u.tiktok_handle < $4 else u.tiktok_handle > $4 end)
        offset 0
      ) f
      order by case when $7 then f.tiktok_handle end desc, f.tiktok_handle limit $5)
  $page$ into v_users
  using p_client_id, p_part, p_tiers, p_from, p_limit, handle_pattern(p_part), p_backward, v_is_most;
  return v_users;
end
$$;

drop function literal_pattern(text);

-- Last, and in a block, for a cluster: after the nodes have changed an index at the same time Citus makes no functions there, and it hands
-- on a statement's whole text, of which a node takes one statement.
do $$
begin
  drop index users_client_id_tiktok_handle_trgm_idx;
  create index users_client_id_handle_trgm_idx on users using gin (client_id, translate(tiktok_handle, '_.', 'qx') gin_trgm_ops);
  create index users_client_id_bare_handle_trgm_idx on users using gin (client_id, translate(tiktok_handle, '._', '') gin_trgm_ops);
end
$$;
