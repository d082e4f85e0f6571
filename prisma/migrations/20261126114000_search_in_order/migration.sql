-- Search inside a handle for one page: the first hits in the order of handles, from a handle on, of one tier or of all. A page needs a
-- few of the thousands that three letters may find. Like search_creators: as the owner, because of the trigram index, and for the
-- session's client alone. p_part is taken literally.
create function search_creators_in_order(p_client_id uuid, p_part text, p_tier text, p_from text, p_backward boolean, p_limit integer)
returns table (user_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id from users u
  where u.client_id = p_client_id
    and p_client_id = nullif(current_setting('app.client_id', true), '')::uuid
    and u.tiktok_handle like '%' || replace(replace(replace(p_part, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    and (p_tier is null or u.current_tier = p_tier)
    and (p_from is null or case when p_backward then u.tiktok_handle < p_from else u.tiktok_handle > p_from end)
  order by case when p_backward then u.tiktok_handle end desc, u.tiktok_handle
  limit p_limit
$$;
revoke execute on function search_creators_in_order(uuid, text, text, text, boolean, integer) from public;
grant execute on function search_creators_in_order(uuid, text, text, text, boolean, integer) to muster_app;
