-- How many creators of some tiers (null: of all) have a part in their handle: the exact total of a search. As creators_in_order: planned
-- anew with its values, as the owner, because of the trigram index, and for the session's client alone. p_part is taken literally.
create function count_creators_found(p_client_id uuid, p_part text, p_tiers text[]) returns integer
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_like text := '%' || replace(replace(replace(p_part, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_found integer;
begin
  if p_client_id is distinct from nullif(current_setting('app.client_id', true), '')::uuid then
    return 0;
  end if;
  execute $count$
    select count(*)::integer from users u
    where u.client_id = $1 and u.tiktok_handle like $2
      and ($3 is null or case when cardinality($3) = 1 then u.current_tier = $3[1] else u.current_tier = any ($3) end)
  $count$ into v_found using p_client_id, v_like, p_tiers;
  return v_found;
end
$$;
revoke execute on function count_creators_found(uuid, text, text[]) from public;
grant execute on function count_creators_found(uuid, text, text[]) to muster_app;
