-- What a review of plans, rehearsals and undo found.

-- A mission that is only being written stands in the database for as long as its numbers are counted, in a transaction that is
-- rolled back (app.is_draft says so): no write, and nothing that a rehearsal would have to see.
create or replace function end_rehearsals_of_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_setting('app.is_draft', true) = 'on' then
    return new;
  end if;
  if tg_level = 'ROW' then
    perform stop_rehearsals(new.id);
    return new;
  end if;
  perform stop_rehearsals(nullif(current_setting('app.client_id', true), '')::uuid);
  return null;
end
$$;
