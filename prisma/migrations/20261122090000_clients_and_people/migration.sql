-- Tenants and the people who sign in. These tables carry no client policy: only the access module reads them, by admin.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

grant usage on schema public to muster_app;

-- One trigger function says no in the words of the trigger that calls it.
create function refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception '%', tg_argv[0] using errcode = 'restrict_violation';
end
$$;

create table clients (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(btrim(name)) between 1 and 200),
  subdomain text not null unique check (subdomain ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  primary_color text not null default '#8b2a6e' check (primary_color ~ '^#[0-9a-fA-F]{6}$'),
  logo_url text,
  -- the expression fails for a name that PostgreSQL does not know as a time zone
  timezone text not null default 'America/New_York' check ((timestamptz '2000-01-01 00:00+00' at time zone timezone) is not null),
  currency char(3) not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  vip_metric text not null default 'sales' check (vip_metric in ('sales', 'units')),
  tier_calculation_mode text not null default 'fixed_checkpoint' check (tier_calculation_mode in ('fixed_checkpoint', 'lifetime')),
  checkpoint_months integer not null default 4 check (checkpoint_months between 1 and 60),
  has_imported boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create trigger clients_metric_is_final before update of vip_metric on clients
  for each row when (old.vip_metric is distinct from new.vip_metric and old.has_imported)
  execute function refuse_change('the metric of a client cannot change after its first import');
create trigger clients_import_flag_stays before update of has_imported on clients
  for each row when (old.has_imported and not new.has_imported)
  execute function refuse_change('the first import of a client cannot be undone');

-- better-auth's tables, under names of ours because users are creators here
create table admins (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table admin_sessions (
  id uuid primary key default gen_random_uuid(),
  admin_id uuid not null references admins (id) on delete restrict on update no action,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index admin_sessions_admin_id_idx on admin_sessions (admin_id);

create table admin_accounts (
  id uuid primary key default gen_random_uuid(),
  admin_id uuid not null references admins (id) on delete restrict on update no action,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index admin_accounts_admin_id_idx on admin_accounts (admin_id);

create table admin_verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index admin_verifications_identifier_idx on admin_verifications (identifier);

create table admin_rate_limits (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

create table memberships (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  admin_id uuid not null references admins (id) on delete restrict on update no action,
  role text not null check (role in ('viewer', 'operator', 'owner')),
  created_at timestamptz not null default now(),
  primary key (client_id, admin_id)
);
create index memberships_admin_id_idx on memberships (admin_id);

grant select, insert on clients to muster_app;
grant update (name, primary_color, logo_url, timezone, vip_metric, tier_calculation_mode, checkpoint_months, has_imported, updated_at)
  on clients to muster_app;
grant select, insert, update, delete on admins, admin_sessions, admin_accounts, admin_verifications, admin_rate_limits, memberships
  to muster_app;
