-- A request sees the rows of the client its transaction is set to; without one it sees nothing.
-- Enabled, not forced: the owner runs migrations, COPY and the few definer functions.
do $$
declare
  v_table text;
begin
  foreach v_table in array array[
    'tiers', 'users', 'creator_ranks', 'videos', 'rewards', 'missions', 'mission_progress', 'redemptions', 'sales_adjustments',
    'tier_checkpoints', 'seeds', 'audit_log', 'imports', 'import_files', 'import_rows', 'import_rejects',
    'sync_runs', 'sync_steps', 'sync_events', 'schedules'
  ] loop
    execute format('alter table %I enable row level security', v_table);
    execute format(
      'create policy %I on %I using (client_id = nullif(current_setting(''app.client_id'', true), '''')::uuid)',
      v_table || '_of_the_client', v_table);
  end loop;
end
$$;
