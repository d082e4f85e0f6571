-- Telling people: where to (channels), what (events, written in the transaction of what they tell), and how it went (deliveries
-- with their attempts). The morning digest is one of the events.

create table notification_channels (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('json', 'slack', 'email')),
  name text not null,
  -- sealed with the installation's key: the address of a Slack channel is all that posting to it needs
  target_sealed text not null,
  -- what may be read of it: the host, or the mail address
  target_shown text not null,
  -- sealed; signs what is sent as JSON
  secret_sealed text,
  events text[] not null check (events <@ array['failed', 'held', 'missed', 'warnings', 'digest']),
  enabled boolean not null default true,
  by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- kept for the log of what was sent
  deleted_at timestamptz,
  primary key (client_id, id),
  constraint notification_channels_json_is_signed check ((kind = 'json') = (secret_sealed is not null))
);

create table notification_events (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  type text not null check (type in ('failed', 'held', 'missed', 'warnings', 'digest', 'test')),
  -- what it tells: the same is told once, whoever notices it
  key text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (client_id, id),
  unique (client_id, key)
);
create trigger notification_events_append_only before update on notification_events
  for each row execute function refuse_change('what is told stays as it was told');

create table notification_deliveries (
  client_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  channel_id uuid not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  next_at timestamptz not null,
  -- a process that took it and died gives it back by this time
  claimed_until timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (client_id, id),
  unique (client_id, event_id, channel_id),
  foreign key (client_id, event_id) references notification_events (client_id, id) on delete restrict on update no action,
  foreign key (client_id, channel_id) references notification_channels (client_id, id) on delete restrict on update no action,
  constraint notification_deliveries_ended_when_over check ((ended_at is null) = (status = 'pending'))
);
create index notification_deliveries_due_idx on notification_deliveries (next_at) where status = 'pending';
create index notification_deliveries_client_id_created_at_id_idx on notification_deliveries (client_id, created_at, id);
create index notification_deliveries_client_id_channel_id_idx on notification_deliveries (client_id, channel_id);

create table notification_attempts (
  client_id uuid not null,
  delivery_id uuid not null,
  number integer not null check (number > 0),
  at timestamptz not null,
  milliseconds integer not null,
  -- null: no answer came, and the error says why
  status_code integer,
  error text,
  primary key (client_id, delivery_id, number),
  foreign key (client_id, delivery_id) references notification_deliveries (client_id, id) on delete restrict on update no action
);

-- When the digest goes out, and up to which run it has told.
create table notification_digests (
  client_id uuid not null primary key references clients (id) on delete restrict on update no action,
  mode text not null default 'off' check (mode in ('off', 'after_run', 'at_hour')),
  hour smallint not null default 7 check (hour between 0 and 23),
  last_run integer not null default 0,
  last_day date,
  updated_at timestamptz not null
);

-- What waits to be sent, of all clients, oldest first: ids only; it is claimed and sent inside the client.
create function due_deliveries(p_now timestamptz, p_limit integer) returns table (client_id uuid, delivery_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.client_id, d.id from notification_deliveries d
  where d.status = 'pending' and d.next_at <= p_now and (d.claimed_until is null or d.claimed_until < p_now)
  order by d.next_at, d.id limit p_limit
$$;
revoke execute on function due_deliveries(timestamptz, integer) from public;
grant execute on function due_deliveries(timestamptz, integer) to muster_app;

-- The clients whose digest is due: after a scheduled run, or from an hour of the client's day on.
create function due_digests(p_now timestamptz) returns table (client_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.client_id from notification_digests g join clients c on c.id = g.client_id
  where case g.mode
    when 'after_run' then exists (
      select 1 from sync_runs r
      where r.client_id = g.client_id and r.number > g.last_run and r.scheduled_for is not null
        and r.status in ('succeeded', 'succeeded_with_warnings'))
    when 'at_hour' then (g.last_day is null or g.last_day < (p_now at time zone c.timezone)::date)
      and extract(hour from p_now at time zone c.timezone) >= g.hour
    else false end
  order by g.client_id
$$;
revoke execute on function due_digests(timestamptz) from public;
grant execute on function due_digests(timestamptz) to muster_app;

do $$
declare
  v_table text;
begin
  foreach v_table in array array[
    'notification_channels', 'notification_events', 'notification_deliveries', 'notification_attempts', 'notification_digests'
  ] loop
    execute format('alter table %I enable row level security', v_table);
    execute format(
      'create policy %I on %I using (client_id = nullif(current_setting(''app.client_id'', true), '''')::uuid)',
      v_table || '_of_the_client', v_table);
  end loop;
end
$$;

grant select, insert on notification_channels, notification_events, notification_deliveries, notification_attempts, notification_digests to muster_app;
grant update (name, target_sealed, target_shown, secret_sealed, events, enabled, updated_at, deleted_at) on notification_channels to muster_app;
grant update (status, attempts, next_at, claimed_until, ended_at) on notification_deliveries to muster_app;
grant update (mode, hour, last_run, last_day, updated_at) on notification_digests to muster_app;
