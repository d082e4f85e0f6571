-- The programme of a client: ladder, creators, videos, rewards, missions, progress, redemptions, adjustments, tier log.
-- client_id leads every key, so that a row can never point into another client.

create table tiers (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  tier_id text not null check (tier_id ~ '^tier_[1-6]$'),
  tier_order integer not null check (tier_order >= 0),
  tier_name text not null check (length(btrim(tier_name)) between 1 and 60),
  tier_color text check (tier_color ~ '^#[0-9a-fA-F]{6}$'),
  sales_threshold numeric check (sales_threshold >= 0 and sales_threshold < 1e15),
  units_threshold bigint check (units_threshold >= 0),
  commission_rate numeric not null default 0 check (commission_rate between 0 and 100),
  checkpoint_exempt boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (client_id, tier_id),
  unique (client_id, tier_order)
);

-- current_tier names a tier without a foreign key: unknown values come from older systems, are judged unknown and shown.
create table users (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  tiktok_handle text collate "C" not null check (tiktok_handle ~ '^[a-z0-9_.]{2,100}$'),
  email text not null default '',
  current_tier text not null,
  tier_achieved_at timestamptz,
  next_checkpoint_at timestamptz,
  first_video_date timestamptz,
  total_sales numeric not null default 0,
  total_units bigint not null default 0,
  checkpoint_sales_current numeric not null default 0,
  checkpoint_units_current bigint not null default 0,
  checkpoint_videos_posted bigint not null default 0,
  checkpoint_total_views bigint not null default 0,
  checkpoint_total_likes bigint not null default 0,
  checkpoint_total_comments bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (client_id, id),
  unique (client_id, tiktok_handle)
) with (fillfactor = 80);
-- a list of one tier pages by handle; counts per tier read this index alone
create index users_client_id_current_tier_tiktok_handle_idx on users (client_id, current_tier, tiktok_handle);
create index users_client_id_next_checkpoint_at_idx on users (client_id, next_checkpoint_at);
create index users_client_id_tiktok_handle_trgm_idx on users using gin (client_id, tiktok_handle gin_trgm_ops);

create table creator_ranks (
  client_id uuid not null,
  user_id uuid not null,
  rank integer not null check (rank > 0),
  primary key (client_id, user_id),
  foreign key (client_id, user_id) references users (client_id, id) on delete restrict on update no action
);
create index creator_ranks_client_id_rank_user_id_idx on creator_ranks (client_id, rank, user_id);

-- Counters are cumulative: a newer file replaces them. last_import_* change only when a value does.
create table videos (
  client_id uuid not null,
  video_key text collate "C" not null check (length(video_key) between 1 and 500),
  video_url text not null,
  user_id uuid not null,
  video_title text not null default '',
  post_date date not null check (post_date >= '2014-01-01'),
  views bigint not null default 0 check (views >= 0),
  likes bigint not null default 0 check (likes >= 0),
  comments bigint not null default 0 check (comments >= 0),
  gmv numeric not null default 0 check (gmv >= 0 and gmv < 1e15),
  ctr numeric not null default 0 check (ctr >= 0 and ctr < 1e15),
  units_sold bigint not null default 0 check (units_sold >= 0),
  last_import_id uuid,
  last_import_line bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (client_id, video_key),
  foreign key (client_id, user_id) references users (client_id, id) on delete restrict on update no action
) with (fillfactor = 80);
create index videos_client_id_user_id_post_date_idx on videos (client_id, user_id, post_date);
create trigger videos_keep_their_creator before update of user_id on videos
  for each row when (old.user_id is distinct from new.user_id)
  execute function refuse_change('a video does not change hands');

create function is_positive_number(value jsonb) returns boolean
language sql immutable parallel safe return
  case when jsonb_typeof(value) = 'number' then value::numeric > 0 else false end;

create function is_positive_integer(value jsonb) returns boolean
language sql immutable parallel safe return
  case when jsonb_typeof(value) = 'number' then value::numeric > 0 and value::numeric = trunc(value::numeric) else false end;

create table rewards (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  type text not null check (type in ('gift_card', 'spark_ads', 'commission_boost', 'discount', 'physical_gift', 'experience')),
  name text not null check (length(btrim(name)) between 1 and 200),
  description text not null default '',
  value_data jsonb not null default '{}',
  reward_source text not null default 'mission' check (reward_source in ('mission', 'vip_tier')),
  tier_eligibility text not null default 'all',
  redemption_frequency text not null default 'one_time' check (redemption_frequency in ('one_time', 'monthly', 'unlimited')),
  redemption_quantity integer not null default 1 check (redemption_quantity > 0),
  redemption_type text not null,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (client_id, id),
  constraint rewards_redemption_type_follows_type
    check (redemption_type = case when type in ('commission_boost', 'discount') then 'scheduled' else 'instant' end),
  constraint rewards_value_fits_type check (
    jsonb_typeof(value_data) = 'object' and case type
      when 'gift_card' then is_positive_number(value_data -> 'amount')
      when 'spark_ads' then is_positive_number(value_data -> 'amount')
      when 'commission_boost' then is_positive_number(value_data -> 'percent') and is_positive_integer(value_data -> 'duration_days')
      when 'discount' then is_positive_number(value_data -> 'percent') and is_positive_integer(value_data -> 'duration_minutes')
        and (value_data -> 'max_uses' is null or jsonb_typeof(value_data -> 'max_uses') = 'null' or is_positive_integer(value_data -> 'max_uses'))
        and coalesce(jsonb_typeof(value_data -> 'coupon_code'), 'null') in ('string', 'null')
      else true
    end)
);
create index rewards_client_id_name_id_idx on rewards (client_id, name, id);

create function fill_redemption_type() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.redemption_type := case when new.type in ('commission_boost', 'discount') then 'scheduled' else 'instant' end;
  return new;
end
$$;
create trigger rewards_fill_redemption_type before insert on rewards
  for each row when (new.redemption_type is null) execute function fill_redemption_type();

create table missions (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  title text not null check (length(btrim(title)) between 1 and 200),
  display_name text not null default '' check (length(display_name) <= 200),
  description text not null default '',
  mission_type text not null check (mission_type in ('sales_dollars', 'sales_units', 'videos', 'views', 'likes', 'raffle')),
  target_value numeric not null default 0 check (target_value >= 0 and target_value < 1e15),
  target_unit text not null,
  reward_id uuid,
  tier_eligibility text not null default 'all',
  preview_from_tier text,
  display_order integer not null default 0,
  raffle_end_date date,
  enabled boolean not null default false,
  activated boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (client_id, id),
  foreign key (client_id, reward_id) references rewards (client_id, id) on delete restrict on update no action,
  constraint missions_unit_follows_type check (target_unit = case mission_type
    when 'sales_dollars' then 'dollars' when 'sales_units' then 'units' else 'count' end),
  constraint missions_raffle_has_end_date check ((mission_type = 'raffle') = (raffle_end_date is not null)),
  constraint missions_target_fits_type check ((mission_type = 'raffle') = (target_value = 0))
);
create index missions_client_id_display_order_id_idx on missions (client_id, display_order, id);
create index missions_client_id_reward_id_idx on missions (client_id, reward_id);
create trigger missions_type_is_final before update of mission_type on missions
  for each row when (old.mission_type is distinct from new.mission_type)
  execute function refuse_change('the type of a mission cannot change after creation');

create function fill_target_unit() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.target_unit := case new.mission_type when 'sales_dollars' then 'dollars' when 'sales_units' then 'units' else 'count' end;
  return new;
end
$$;
create trigger missions_fill_target_unit before insert on missions
  for each row when (new.target_unit is null) execute function fill_target_unit();

-- One creator's attempt at one mission. No surrogate id and this key order make seeding several times cheaper;
-- nothing indexed changes in an update and pages keep room, so updates stay heap-only.
create table mission_progress (
  client_id uuid not null,
  user_id uuid not null,
  mission_id uuid not null,
  cycle smallint not null default 1 check (cycle > 0),
  current_value numeric not null default 0 check (current_value >= 0),
  status text not null check (status in ('active', 'dormant', 'completed')),
  completed_at timestamptz,
  checkpoint_start timestamptz,
  checkpoint_end timestamptz,
  seed_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (client_id, user_id, mission_id, cycle),
  foreign key (client_id, user_id) references users (client_id, id) on delete restrict on update no action,
  foreign key (client_id, mission_id) references missions (client_id, id) on delete restrict on update no action,
  constraint mission_progress_completed_has_time check ((status = 'completed') = (completed_at is not null))
) with (fillfactor = 80);
create index mission_progress_client_id_mission_id_idx on mission_progress (client_id, mission_id);

create trigger mission_progress_snapshot_is_final
  before update of client_id, user_id, mission_id, cycle, checkpoint_start, checkpoint_end on mission_progress
  for each row when ((old.client_id, old.user_id, old.mission_id, old.cycle, old.checkpoint_start, old.checkpoint_end)
    is distinct from (new.client_id, new.user_id, new.mission_id, new.cycle, new.checkpoint_start, new.checkpoint_end))
  execute function refuse_change('the key and the frozen window of a progress row never change');
create trigger mission_progress_status_moves before update of status on mission_progress
  for each row when (old.status is distinct from new.status
    and not (old.status = 'dormant' and new.status = 'active')
    and not (old.status = 'active' and new.status = 'completed'))
  execute function refuse_change('a progress row moves from dormant to active and from active to completed, nothing else');
create trigger mission_progress_completed_is_final before update of current_value, completed_at on mission_progress
  for each row when (old.status = 'completed'
    and (old.current_value is distinct from new.current_value or old.completed_at is distinct from new.completed_at))
  execute function refuse_change('a completed progress row keeps its value and its time');

create table redemptions (
  client_id uuid not null,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  mission_id uuid not null,
  cycle smallint not null default 1,
  reward_id uuid not null,
  status text not null default 'claimable' check (status in ('claimable', 'claimed', 'rejected', 'fulfilled', 'concluded')),
  tier_at_claim text not null,
  redemption_type text not null check (redemption_type in ('instant', 'scheduled')),
  run_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (client_id, id),
  unique (client_id, user_id, mission_id, cycle),
  foreign key (client_id, user_id, mission_id, cycle)
    references mission_progress (client_id, user_id, mission_id, cycle) on delete restrict on update no action,
  foreign key (client_id, reward_id) references rewards (client_id, id) on delete restrict on update no action
);
create index redemptions_client_id_created_at_id_idx on redemptions (client_id, created_at, id);
create index redemptions_client_id_status_created_at_id_idx on redemptions (client_id, status, created_at, id);
create index redemptions_client_id_reward_id_idx on redemptions (client_id, reward_id);
create trigger redemptions_earned_is_final before update of client_id, user_id, mission_id, cycle, reward_id, tier_at_claim, redemption_type on redemptions
  for each row when ((old.client_id, old.user_id, old.mission_id, old.cycle, old.reward_id, old.tier_at_claim, old.redemption_type)
    is distinct from (new.client_id, new.user_id, new.mission_id, new.cycle, new.reward_id, new.tier_at_claim, new.redemption_type))
  execute function refuse_change('what a redemption was earned for never changes');
create trigger redemptions_status_moves before update of status on redemptions
  for each row when (old.status is distinct from new.status
    and not (old.status = 'claimable' and new.status in ('claimed', 'rejected'))
    and not (old.status = 'claimed' and new.status in ('fulfilled', 'concluded'))
    and not (old.status = 'fulfilled' and new.status = 'concluded'))
  execute function refuse_change('a redemption moves claimable to claimed or rejected, claimed to fulfilled or concluded, fulfilled to concluded');

create table sales_adjustments (
  client_id uuid not null,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  amount numeric check (amount <> 0 and abs(amount) < 1e15),
  amount_units bigint check (amount_units <> 0),
  adjustment_type text not null check (adjustment_type in ('manual_sale', 'refund', 'bonus', 'correction')),
  reason text not null check (length(btrim(reason)) between 1 and 1000),
  adjusted_by text not null check (length(btrim(adjusted_by)) > 0),
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  primary key (client_id, id),
  foreign key (client_id, user_id) references users (client_id, id) on delete restrict on update no action,
  constraint sales_adjustments_one_amount check ((amount is null) <> (amount_units is null))
);
create index sales_adjustments_client_id_user_id_idx on sales_adjustments (client_id, user_id);
create index sales_adjustments_client_id_created_at_id_idx on sales_adjustments (client_id, created_at, id);
create index sales_adjustments_pending_idx on sales_adjustments (client_id) where applied_at is null;

-- the amount must be the one of the client's metric: a rule across rows, so a trigger holds it.
-- security definer: clients is read by admin only, the rule needs one column of it.
create function check_adjustment_metric() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if (select c.vip_metric from clients c where c.id = new.client_id) is distinct from
     (case when new.amount is null then 'units' else 'sales' end) then
    raise exception 'an adjustment carries the amount of the client''s metric' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
revoke execute on function check_adjustment_metric() from public;
create trigger sales_adjustments_metric before insert on sales_adjustments
  for each row execute function check_adjustment_metric();
create trigger sales_adjustments_append_only before update on sales_adjustments
  for each row when (not (old.applied_at is null and new.applied_at is not null
    and (old.client_id, old.id, old.user_id, old.amount, old.amount_units, old.adjustment_type, old.reason, old.adjusted_by, old.created_at)
      is not distinct from (new.client_id, new.id, new.user_id, new.amount, new.amount_units, new.adjustment_type, new.reason, new.adjusted_by, new.created_at)))
  execute function refuse_change('adjustments are append-only; only applied_at may be set, once');
create trigger sales_adjustments_stay before delete on sales_adjustments
  for each row execute function refuse_change('adjustments are append-only');

-- The tier log. A checkpoint judges the window that ended; a promotion closes the running window at its time.
create table tier_checkpoints (
  client_id uuid not null,
  user_id uuid not null,
  window_end timestamptz not null,
  window_start timestamptz,
  kind text not null default 'checkpoint' check (kind in ('checkpoint', 'promotion')),
  metric_value numeric not null default 0,
  tier_before text not null,
  tier_after text not null,
  status text not null check (status in ('promoted', 'maintained', 'demoted')),
  run_id uuid,
  judged_at timestamptz not null default now(),
  primary key (client_id, user_id, window_end),
  foreign key (client_id, user_id) references users (client_id, id) on delete restrict on update no action,
  constraint tier_checkpoints_promotion_promotes check (kind = 'checkpoint' or status = 'promoted')
);
create index tier_checkpoints_client_id_run_id_idx on tier_checkpoints (client_id, run_id);
create trigger tier_checkpoints_append_only before update on tier_checkpoints
  for each row execute function refuse_change('the tier log is append-only');
create trigger tier_checkpoints_stay before delete on tier_checkpoints
  for each row execute function refuse_change('the tier log is append-only');

-- One row per seeding that created rows: who, when, which missions (null: all), counts.
create table seeds (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  source text not null check (source in ('console', 'activation', 'sync', 'cli', 'sql')),
  by_name text not null,
  by_id text,
  mission_ids uuid[],
  created integer not null check (created > 0),
  already_seeded integer not null default 0,
  not_eligible integer not null default 0,
  unknown integer not null default 0,
  run_id uuid,
  plan jsonb,
  created_at timestamptz not null default now(),
  primary key (client_id, id)
);
create index seeds_client_id_created_at_id_idx on seeds (client_id, created_at, id);

create table audit_log (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('admin', 'job', 'cli', 'sql')),
  actor_id text,
  actor_name text not null,
  action text not null,
  subject_kind text,
  subject_id text,
  subject_name text,
  before jsonb,
  after jsonb,
  counts jsonb,
  primary key (client_id, id)
);
create index audit_log_client_id_at_id_idx on audit_log (client_id, at, id);
create index audit_log_client_id_subject_id_at_id_idx on audit_log (client_id, subject_id, at, id);
create trigger audit_log_append_only before update on audit_log
  for each row execute function refuse_change('the audit log is append-only');
create trigger audit_log_stays before delete on audit_log
  for each row execute function refuse_change('the audit log is append-only');

grant select, insert on tiers, users, creator_ranks, videos, rewards, missions, mission_progress, redemptions,
  sales_adjustments, tier_checkpoints, seeds, audit_log to muster_app;
grant update (tier_order, tier_name, tier_color, sales_threshold, units_threshold, commission_rate, checkpoint_exempt, updated_at) on tiers to muster_app;
grant delete on tiers to muster_app;
grant update (tiktok_handle, email, current_tier, tier_achieved_at, next_checkpoint_at, first_video_date, total_sales, total_units,
  checkpoint_sales_current, checkpoint_units_current, checkpoint_videos_posted, checkpoint_total_views, checkpoint_total_likes,
  checkpoint_total_comments, updated_at) on users to muster_app;
grant update (rank) on creator_ranks to muster_app;
grant update (video_url, video_title, post_date, views, likes, comments, gmv, ctr, units_sold, last_import_id, last_import_line, updated_at)
  on videos to muster_app;
grant update (type, name, description, value_data, reward_source, tier_eligibility, redemption_frequency, redemption_quantity,
  redemption_type, enabled, updated_at) on rewards to muster_app;
grant update (title, display_name, description, target_value, target_unit, reward_id, tier_eligibility, preview_from_tier, display_order,
  raffle_end_date, enabled, activated, updated_at) on missions to muster_app;
grant update (current_value, status, completed_at, updated_at) on mission_progress to muster_app;
grant delete on mission_progress to muster_app;
grant update (status, updated_at) on redemptions to muster_app;
grant update (applied_at) on sales_adjustments to muster_app;
