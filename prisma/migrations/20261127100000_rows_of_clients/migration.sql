-- In a block for a cluster: Citus hands on a statement's whole text, of which a node takes one statement.
do $$
begin
  -- A creator and a mission belong to one client. The planner multiplies the share of the client by that of the other, as if either
  -- said nothing of the other, and beside a large client takes both 77 creators named by their ids and all rows of a small client's
  -- mission for a single row: a page of 50 then read all rows of the mission 77 times. Measured with a client of 1,000 beside one of a
  -- million: 15 ms instead of 6. Known at once, and not when a hundredth of the table has changed.
  create statistics users_of_clients (dependencies) on client_id, id from users;
  create statistics mission_progress_of_clients (dependencies) on client_id, user_id, mission_id from mission_progress;

  analyze users;
  analyze mission_progress;

  -- What the planner has not seen it takes for nothing. A client or a mission that is new is less than the tenth part of a large
  -- installation after which autovacuum would look; a look costs about a second at any size.
  alter table users set (autovacuum_analyze_scale_factor = 0.01);
  alter table videos set (autovacuum_analyze_scale_factor = 0.01);
  alter table mission_progress set (autovacuum_analyze_scale_factor = 0.01);
end
$$;
