-- Data health keeps what its checks found, so that its page answers at once and can say what changed.

-- One row per check. A check that could not be made keeps what it found the last time and says so in `state`.
create table health_findings (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  code text not null,
  -- what it found when it was last made; null before it could be made at all
  records integer check (records >= 0),
  named integer not null default 0 check (named >= 0),
  sample jsonb not null default '[]',
  made_at timestamptz,
  -- since when it has found something without a break
  first_seen_at timestamptz,
  state text not null check (state in ('made', 'timed_out', 'failed')),
  tried_at timestamptz not null,
  -- the run after which it was last made, and what it found then
  run_number integer,
  run_records integer,
  -- the run that `records` is compared with: the one before that, or that one once it was made again on demand
  base_run_number integer,
  base_records integer,
  primary key (client_id, code),
  constraint health_findings_made_as_a_whole check ((records is null) = (made_at is null) and (state <> 'made' or made_at is not null)),
  constraint health_findings_seen_while_found check ((first_seen_at is not null) = (coalesce(records, 0) > 0)),
  constraint health_findings_run_as_a_whole
    check ((run_number is null) = (run_records is null) and (base_run_number is null) = (base_records is null))
);
grant select, insert, update on health_findings to muster_app;

-- A check that somebody does not want to be told of until a time. One that is past stays until it is set or taken back.
create table health_mutes (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  code text not null,
  reason text not null check (reason ~ '\S'),
  until timestamptz not null,
  by_name text not null,
  by_id text,
  created_at timestamptz not null,
  primary key (client_id, code),
  constraint health_mutes_end_later check (until > created_at)
);
grant select, insert, update, delete on health_mutes to muster_app;

alter table health_findings enable row level security;
create policy health_findings_of_the_client on health_findings
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
alter table health_mutes enable row level security;
create policy health_mutes_of_the_client on health_mutes
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
