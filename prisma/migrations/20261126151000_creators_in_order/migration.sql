-- The creators that a page may show: the next so many in the order of handles, from a handle on, of some tiers (null: of all), with a
-- part in their handle (null: with any). The function before it had one plan for all, which read every hit. `execute` plans each page
-- anew, with its values: along the handles where part and tiers are common, by the trigrams or by the tier where not. Like
-- search_creators: as the owner, because of the trigram index, and for the session's client alone. p_part is taken literally.
create function creators_in_order(
  p_client_id uuid, p_part text, p_tiers text[], p_from text, p_backward boolean, p_limit integer
) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_like text := '%' || replace(replace(replace(p_part, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_users uuid[];
begin
  if p_client_id is distinct from nullif(current_setting('app.client_id', true), '')::uuid then
    return '{}';
  end if;
  if p_backward then
    execute $page$
      select array(
        select u.id from users u
        where u.client_id = $1 and ($2 is null or u.tiktok_handle like $2) and ($4 is null or u.tiktok_handle < $4)
          and ($3 is null or case when cardinality($3) = 1 then u.current_tier = $3[1] else u.current_tier = any ($3) end)
        order by u.tiktok_handle desc limit $5)
    $page$ into v_users using p_client_id, v_like, p_tiers, p_from, p_limit;
  else
    execute $page$
      select array(
        select u.id from users u
        where u.client_id = $1 and ($2 is null or u.tiktok_handle like $2) and ($4 is null or u.tiktok_handle > $4)
          and ($3 is null or case when cardinality($3) = 1 then u.current_tier = $3[1] else u.current_tier = any ($3) end)
        order by u.tiktok_handle limit $5)
    $page$ into v_users using p_client_id, v_like, p_tiers, p_from, p_limit;
  end if;
  return v_users;
end
$$;
revoke execute on function creators_in_order(uuid, text, text[], text, boolean, integer) from public;
grant execute on function creators_in_order(uuid, text, text[], text, boolean, integer) to muster_app;

drop function search_creators_in_order(uuid, text, text, text, boolean, integer);
