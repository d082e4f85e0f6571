-- Where a client's daily file comes from, what its columns are called there, and which handles are other names of known creators.

-- One row per client; without a row the file comes from the inbox and has our own header. `secret` is sealed (AES-256-GCM, bound to
-- the client); its key is the installation's and never in the database. `columns` maps our ten names to the export's.
create table file_sources (
  client_id uuid not null primary key references clients (id) on delete restrict on update no action,
  kind text not null default 'inbox' check (kind in ('inbox', 'https')),
  url text,
  auth_kind text not null default 'none' check (auth_kind in ('none', 'bearer', 'basic')),
  auth_user text,
  secret bytea,
  size_limit_mb integer not null default 200 check (size_limit_mb between 1 and 100000),
  time_limit_seconds integer not null default 300 check (time_limit_seconds between 5 and 3600),
  columns jsonb not null default '{}' check (jsonb_typeof(columns) = 'object'),
  etag text,
  last_modified text,
  last_import_id uuid,
  last_fetched_at timestamptz,
  last_run_id uuid,
  last_outcome text check (last_outcome in ('new', 'same', 'unchanged', 'refused', 'failed')),
  last_message text,
  updated_at timestamptz not null default now(),
  updated_by_name text not null default '',
  foreign key (client_id, last_import_id) references imports (client_id, id) on delete restrict on update no action,
  constraint file_sources_address_is_https check (url ~ '^https://'),
  constraint file_sources_https_has_an_address check (kind <> 'https' or url is not null),
  constraint file_sources_sign_in_is_whole check ((auth_kind = 'none') = (secret is null) and (auth_kind = 'basic') = (auth_user is not null))
);

-- Handles of the file that are another name of a known creator. Accepting one moves nothing that is there: rows to come are read as
-- that creator's. A dismissed pair is not offered again.
create table handle_aliases (
  client_id uuid not null,
  handle text collate "C" not null check (handle ~ '^[a-z0-9_.]{2,100}$'),
  user_id uuid not null,
  status text not null check (status in ('accepted', 'dismissed')),
  by_name text not null,
  by_id text,
  created_at timestamptz not null default now(),
  primary key (client_id, handle, user_id),
  foreign key (client_id, user_id) references users (client_id, id) on delete restrict on update no action
);
create unique index handle_aliases_accepted_once on handle_aliases (client_id, handle) where status = 'accepted';
create index handle_aliases_client_id_user_id_idx on handle_aliases (client_id, user_id);

alter table file_sources enable row level security;
create policy file_sources_of_the_client on file_sources
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
alter table handle_aliases enable row level security;
create policy handle_aliases_of_the_client on handle_aliases
  using (client_id = nullif(current_setting('app.client_id', true), '')::uuid);
grant select, insert on file_sources to muster_app;
grant update (kind, url, auth_kind, auth_user, secret, size_limit_mb, time_limit_seconds, columns, etag, last_modified, last_import_id, last_run_id,
  last_fetched_at, last_outcome, last_message, updated_at, updated_by_name) on file_sources to muster_app;
grant select, insert, update, delete on handle_aliases to muster_app;

-- Known creators whose handles look like the given ones, at most three each; dots and underscores count for nothing, because they
-- are what people change. As search_creators does: the trigram index is not used under a policy, so the function is the owner's and
-- compares its client with the session's itself.
create function resembling_creators(p_client_id uuid, p_handles text[]) returns table (handle text, user_id uuid, likeness real)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select h.handle, m.id, m.likeness
  from unnest(p_handles) as h (handle)
  cross join lateral (
    select c.id, c.likeness
    from (
      select u.id, u.tiktok_handle, similarity(translate(u.tiktok_handle, '._', ''), translate(h.handle, '._', '')) as likeness
      from users u
      where u.client_id = p_client_id
        and p_client_id = nullif(current_setting('app.client_id', true), '')::uuid
        and u.tiktok_handle % h.handle and u.tiktok_handle <> h.handle
    ) c
    where c.likeness >= 0.55
    order by c.likeness desc, c.tiktok_handle
    limit 3
  ) m
$$;
revoke execute on function resembling_creators(uuid, text[]) from public;
grant execute on function resembling_creators(uuid, text[]) to muster_app;

-- `columns`: how the columns of this very file were matched when it was judged, so that it is read the same way later.
alter table imports
  add column columns jsonb,
  drop constraint imports_source_check,
  add constraint imports_source_check check (source in ('upload', 'inbox', 'https', 'cli', 'demo'));

-- at the merge the handles that are aliases become the creators' own
grant update (handle) on import_rows to muster_app;
