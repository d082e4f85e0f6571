-- Files as they came, their rows while they are judged, and the rows that were set aside.

create table imports (
  client_id uuid not null references clients (id) on delete restrict on update no action,
  id uuid not null default gen_random_uuid(),
  file_name text not null,
  source text not null check (source in ('upload', 'inbox', 'cli', 'demo')),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes >= 0),
  status text not null default 'stored' check (status in ('stored', 'imported', 'refused', 'discarded')),
  by_name text not null,
  by_id text,
  extra_columns text[] not null default '{}',
  refusal_code text,
  refusal_message text,
  rows integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  duplicate integer not null default 0,
  rejected integer not null default 0,
  creators_created integer not null default 0,
  newest_post date,
  run_id uuid,
  created_at timestamptz not null default now(),
  imported_at timestamptz,
  primary key (client_id, id),
  constraint imports_rows_add_up check (status <> 'imported' or rows = created + updated + unchanged + duplicate + rejected),
  constraint imports_refusal_is_told check ((status = 'refused') = (refusal_code is not null))
);
create index imports_client_id_created_at_id_idx on imports (client_id, created_at, id);
create index imports_client_id_sha256_idx on imports (client_id, sha256);

-- the file, gzipped, in parts of 1 MB; swept after 30 days
create table import_files (
  client_id uuid not null,
  import_id uuid not null,
  part integer not null check (part >= 0),
  bytes bytea not null,
  primary key (client_id, import_id, part),
  foreign key (client_id, import_id) references imports (client_id, id) on delete restrict on update no action
);

-- Staging. Unlogged: a crash empties it, and it is filled again from import_files. A row with a code was rejected by its
-- own values and keeps its ten cells, but no video: so it is nobody's rival for one. Ownership and duplicates are judged in SQL
-- (import_judged).
create unlogged table import_rows (
  client_id uuid not null,
  import_id uuid not null,
  line bigint not null,
  handle text collate "C" not null default '',
  video_key text collate "C" not null default '',
  video_url text not null default '',
  video_title text not null default '',
  post_date date,
  views bigint not null default 0,
  likes bigint not null default 0,
  comments bigint not null default 0,
  gmv numeric not null default 0,
  ctr numeric not null default 0,
  units_sold bigint not null default 0,
  error_column text,
  error_value text,
  error_code text,
  cells text[],
  primary key (client_id, import_id, line),
  constraint import_rows_accepted_is_whole check (error_code is not null or (handle <> '' and video_key <> '' and post_date is not null)),
  constraint import_rows_rejected_has_no_video check (error_code is null or (video_key = '' and error_column is not null and cells is not null))
);
create index import_rows_client_id_import_id_video_key_line_idx on import_rows (client_id, import_id, video_key, line);

create table import_rejects (
  client_id uuid not null,
  import_id uuid not null,
  line bigint not null,
  handle text not null default '',
  column_name text not null,
  value text not null default '',
  code text not null,
  detail text not null default '',
  cells text[],
  primary key (client_id, import_id, line),
  foreign key (client_id, import_id) references imports (client_id, id) on delete restrict on update no action
);

-- Every staged row with its verdict: check and merge read this one relation, so they cannot disagree.
-- Each row is judged first by its values, then by the owner of its video: the creator who holds it, else the first accepted
-- handle of the file. Of accepted rows for one video the last wins, the others are duplicates.
-- Both windows share one partition and one order, so the rows are sorted once.
create view import_judged with (security_invoker = true) as
select
  r.client_id, r.import_id, r.line, r.handle, r.post_date, r.error_column, r.error_value, r.cells,
  r.owner_handle, r.is_known,
  r.is_known and r.video_url <> r.held_url as has_new_url,
  case when r.error_code is not null then r.error_code when r.handle <> r.owner_handle then 'video_owned' end as code,
  case
    when r.error_code is not null or r.handle <> r.owner_handle then 'rejected'
    when r.line <> max(r.line) filter (where r.handle = r.owner_handle)
      over (partition by r.client_id, r.import_id, r.video_key) then 'duplicate'
    when not r.is_known then 'created'
    when (r.video_title, r.post_date, r.views, r.likes, r.comments, r.gmv, r.ctr, r.units_sold)
      is distinct from (r.held_title, r.held_post_date, r.held_views, r.held_likes, r.held_comments, r.held_gmv, r.held_ctr, r.held_units_sold)
      then 'updated'
    else 'unchanged'
  end as verdict
from (
  select
    s.client_id, s.import_id, s.line, s.handle, s.video_key, s.video_url, s.video_title, s.post_date,
    s.views, s.likes, s.comments, s.gmv, s.ctr, s.units_sold, s.error_column, s.error_value, s.error_code, s.cells,
    v.video_key is not null as is_known,
    coalesce(u.tiktok_handle, first_value(s.handle) over (
      partition by s.client_id, s.import_id, s.video_key order by s.line)) as owner_handle,
    v.video_url as held_url, v.video_title as held_title, v.post_date as held_post_date, v.views as held_views, v.likes as held_likes,
    v.comments as held_comments, v.gmv as held_gmv, v.ctr as held_ctr, v.units_sold as held_units_sold
  from import_rows s
  left join videos v on v.client_id = s.client_id and v.video_key = s.video_key
  left join users u on u.client_id = v.client_id and u.id = v.user_id
) r;

grant select, insert, delete on import_files, import_rejects to muster_app;
grant select, insert on imports to muster_app;
grant update (status, refusal_code, refusal_message, rows, created, updated, unchanged, duplicate, rejected, creators_created,
  newest_post, run_id, imported_at, extra_columns) on imports to muster_app;
-- filled by COPY on the owner's pool: PostgreSQL refuses COPY FROM under row-level security
grant select, delete on import_rows to muster_app;
grant select on import_judged to muster_app;
