-- What never changes is refused after the update and no longer before it. The outcome is the same, an error; but where a table has a
-- trigger before updates of rows, PostgreSQL locks every row that is updated, also by statements that do not name the trigger's
-- columns, and logs each lock: a quarter of the log of a night's new figures.

drop trigger videos_keep_their_creator on videos;
create trigger videos_keep_their_creator after update of user_id on videos
  for each row when (old.user_id is distinct from new.user_id)
  execute function refuse_change('a video does not change hands');

drop trigger mission_progress_snapshot_is_final on mission_progress;
drop trigger mission_progress_status_moves on mission_progress;
drop trigger mission_progress_completed_is_final on mission_progress;
create trigger mission_progress_snapshot_is_final
  after update of client_id, user_id, mission_id, cycle, checkpoint_start, checkpoint_end on mission_progress
  for each row when ((old.client_id, old.user_id, old.mission_id, old.cycle, old.checkpoint_start, old.checkpoint_end)
    is distinct from (new.client_id, new.user_id, new.mission_id, new.cycle, new.checkpoint_start, new.checkpoint_end))
  execute function refuse_change('the key and the frozen window of a progress row never change');
create trigger mission_progress_status_moves after update of status on mission_progress
  for each row when (old.status is distinct from new.status
    and not (old.status = 'dormant' and new.status = 'active')
    and not (old.status = 'active' and new.status = 'completed'))
  execute function refuse_change('a progress row moves from dormant to active and from active to completed, nothing else');
create trigger mission_progress_completed_is_final after update of current_value, completed_at on mission_progress
  for each row when (old.status = 'completed'
    and (old.current_value is distinct from new.current_value or old.completed_at is distinct from new.completed_at))
  execute function refuse_change('a completed progress row keeps its value and its time');
