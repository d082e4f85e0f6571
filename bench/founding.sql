-- The schema that the programme began with, kept to be measured against: a surrogate id, single-column foreign keys, five indexes
-- on the rows, and one function that crosses missions with creators. Nothing of Muster reads it.
create schema founding;

create table founding.clients (
  id uuid primary key
);

create table founding.tiers (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references founding.clients (id),
  tier_id text not null,
  tier_order integer not null,
  unique (client_id, tier_id)
);

create table founding.users (
  id uuid primary key,
  client_id uuid not null references founding.clients (id),
  current_tier text not null,
  tier_achieved_at timestamptz,
  next_checkpoint_at timestamptz
);
create index users_client_idx on founding.users (client_id);

create table founding.missions (
  id uuid primary key,
  client_id uuid not null references founding.clients (id),
  tier_eligibility text not null,
  enabled boolean not null,
  activated boolean not null
);

create table founding.mission_progress (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references founding.clients (id),
  user_id uuid not null references founding.users (id),
  mission_id uuid not null references founding.missions (id),
  current_value numeric not null default 0,
  status text not null,
  completed_at timestamptz,
  checkpoint_start timestamptz,
  checkpoint_end timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, mission_id, checkpoint_start)
);
create index mission_progress_user_idx on founding.mission_progress (user_id);
create index mission_progress_status_idx on founding.mission_progress (status);
create index mission_progress_client_user_status_idx on founding.mission_progress (client_id, user_id, status);

create function founding.create_mission_progress_for_eligible_users(p_client_id uuid) returns integer
language plpgsql as $$
declare
  v_created integer;
begin
  insert into founding.mission_progress (client_id, user_id, mission_id, status, checkpoint_start, checkpoint_end)
  select u.client_id, u.id, m.id, case when m.activated then 'active' else 'dormant' end, u.tier_achieved_at, u.next_checkpoint_at
  from founding.missions m
  cross join founding.users u
  left join founding.tiers ut on ut.client_id = u.client_id and ut.tier_id = u.current_tier
  left join founding.tiers mt on mt.client_id = m.client_id and mt.tier_id = m.tier_eligibility
  where m.client_id = p_client_id and u.client_id = p_client_id and m.enabled
    and (m.tier_eligibility = 'all' or ut.tier_order >= mt.tier_order)
    and not exists (select 1 from founding.mission_progress p where p.user_id = u.id and p.mission_id = m.id);
  get diagnostics v_created = row_count;
  return v_created;
end
$$;
