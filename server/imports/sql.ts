/** All queries on imports, their files, staged and rejected rows; writes on creators and videos are the creators module's. */
import { type Actor, actorId } from "../base/actor.ts";
import type { ClientId, ImportId, RunId } from "../base/ids.ts";
import { type Db, type Sql, sql } from "../db/db.ts";
import type { ColumnNames } from "./rules.ts";
import type { RefusalCode, RejectionCode } from "./schema.ts";

export interface NewImport {
  fileName: string;
  source: "upload" | "inbox" | "https" | "cli" | "demo";
  sha256: string;
  sizeBytes: number;
  rows: number;
  extraColumns: readonly string[];
  isReturned: boolean;
  refusal: { code: RefusalCode; message: string } | null;
  /** what the client's export called the columns when this file was judged */
  columnNames: ColumnNames;
  by: Actor;
  now: Date;
}

export async function insertImport(db: Db, client: ClientId, file: NewImport): Promise<ImportId> {
  const [row] = await db.query<{ id: ImportId }>(sql`
    insert into imports (client_id, file_name, source, sha256, size_bytes, status, by_name, by_id, extra_columns,
      refusal_code, refusal_message, rows, columns, is_returned, created_at)
    values (${client}::uuid, ${file.fileName}, ${file.source}, ${file.sha256}, ${file.sizeBytes}::bigint,
      ${file.refusal === null ? "stored" : "refused"}, ${file.by.name}, ${actorId(file.by)}, ${file.extraColumns}::text[],
      ${file.refusal?.code ?? null}, ${file.refusal?.message ?? null}, ${file.rows}::int,
      ${JSON.stringify(file.columnNames)}::jsonb, ${file.isReturned}, ${file.now}::timestamptz)
    returning id`);
  return row!.id;
}

export async function insertPart(
  db: Db,
  client: ClientId,
  id: ImportId,
  part: number,
  bytes: Uint8Array,
): Promise<void> {
  await db.execute(sql`
    insert into import_files (client_id, import_id, part, bytes)
    values (${client}::uuid, ${id}::uuid, ${part}::int, ${bytes}::bytea)`);
}

/** Some parts of a stored file in order, from one on; none where there are none (any more). */
export async function listParts(
  db: Db,
  client: ClientId,
  id: ImportId,
  which: { from: number; count: number },
): Promise<Uint8Array[]> {
  const rows = await db.query<{ bytes: Uint8Array }>(sql`
    select bytes from import_files
    where client_id = ${client}::uuid and import_id = ${id}::uuid
      and part >= ${which.from}::int and part < ${which.from + which.count}::int
    order by part`);
  return rows.map(({ bytes }) => bytes);
}

export interface ImportState {
  status: "stored" | "imported" | "refused" | "discarded";
  fileName: string;
  /** data rows counted when the file was stored */
  rows: number;
  runNumber: number | null;
  columnNames: ColumnNames;
  /** with a single rejected row nothing is to be imported */
  allOrNothing: boolean;
}

/** The state of an import, or null; with `lock` its row is held until the transaction ends. */
export async function findState(
  db: Db,
  client: ClientId,
  id: ImportId,
  options: { lock?: boolean } = {},
): Promise<ImportState | null> {
  const [row] = await db.query<ImportState>(sql`
    select i.status, i.file_name as "fileName", i.rows, coalesce(i.columns, '{}') as "columnNames", i.all_or_nothing as "allOrNothing",
      (select r.number from sync_runs r where r.client_id = i.client_id and r.id = i.run_id) as "runNumber"
    from imports i where i.client_id = ${client}::uuid and i.id = ${id}::uuid
    ${options.lock === true ? sql`for update` : sql``}`);
  return row ?? null;
}

/** What the client's export calls the columns, where it calls them otherwise. */
export async function findColumnNames(db: Db, client: ClientId): Promise<ColumnNames> {
  const [row] = await db.query<{ columns: ColumnNames }>(
    sql`select columns from file_sources where client_id = ${client}::uuid`,
  );
  return row?.columns ?? {};
}

/** Whether one rejected row keeps all others out. */
export async function updateAllOrNothing(db: Db, client: ClientId, id: ImportId, isAll: boolean): Promise<void> {
  await db.execute(sql`
    update imports set all_or_nothing = ${isAll} where client_id = ${client}::uuid and id = ${id}::uuid and all_or_nothing <> ${isAll}`);
}

export async function countStaged(db: Db, client: ClientId, id: ImportId): Promise<number> {
  const [row] = await db.query<{ rows: number }>(sql`
    select count(*)::int as rows from import_rows where client_id = ${client}::uuid and import_id = ${id}::uuid`);
  return row!.rows;
}

export async function deleteStaged(db: Db, client: ClientId, id: ImportId): Promise<void> {
  await db.execute(sql`delete from import_rows where client_id = ${client}::uuid and import_id = ${id}::uuid`);
}

/** Drops the staged rows of videos that are there, so that new ones are left. */
export async function deleteStagedKnown(db: Db, client: ClientId, id: ImportId): Promise<void> {
  await db.execute(sql`
    delete from import_rows s using videos v
    where s.client_id = ${client}::uuid and s.import_id = ${id}::uuid
      and v.client_id = ${client}::uuid and v.video_key = s.video_key`);
}

export async function deleteFile(db: Db, client: ClientId, id: ImportId): Promise<void> {
  await db.execute(sql`delete from import_files where client_id = ${client}::uuid and import_id = ${id}::uuid`);
}

/** What the staged rows come to. The six figures of `ImportCounts` and what was rejected for which reason. */
export interface Verdicts {
  created: number;
  updated: number;
  unchanged: number;
  duplicate: number;
  rejected: number;
  byCode: { code: RejectionCode; column: string; rows: number }[];
  newestPost: string | null;
}

/** The figures of `judged`, a relation with the columns of import_judged. */
const verdictColumns = sql`
  count(*) filter (where verdict = 'created')::int as created,
  count(*) filter (where verdict = 'updated')::int as updated,
  count(*) filter (where verdict = 'unchanged')::int as unchanged,
  count(*) filter (where verdict = 'duplicate')::int as duplicate,
  count(*) filter (where verdict = 'rejected')::int as rejected,
  max(post_date) filter (where verdict <> 'rejected')::text as "newestPost",
  (select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'column', c.error_column, 'rows', c.rows)
      order by c.rows desc, c.code, c.error_column), '[]')
    from (select code, coalesce(error_column, 'Video') as error_column, count(*)::int as rows
      from judged where verdict = 'rejected' group by 1, 2) c) as "byCode"`;

/**
 * import_judged. Of a file between whose least and greatest key no video is known, such as one of new videos (TikTok numbers them in
 * the order of time), without a look at the others.
 */
async function judgedOf(db: Db, client: ClientId, id: ImportId): Promise<Sql> {
  const [keys] = await db.query<{ first: string | null; last: string | null }>(sql`
    select min(video_key) as first, max(video_key) as last from import_rows
    where client_id = ${client}::uuid and import_id = ${id}::uuid and error_code is null`);
  const { first, last } = keys!;
  const known = await db.query(sql`
    select 1 as known from videos
    where client_id = ${client}::uuid and video_key >= ${first} and video_key <= ${last} order by video_key limit 1`);
  return known.length > 0 ? sql`import_judged` : sql`import_judged_within(${first}::text, ${last}::text)`;
}

export interface Check extends Verdicts {
  newCreators: number;
  newCreatorSample: string[];
}

/** Counts what an import would do, and the handles that would become creators; writes nothing. */
export async function countJudged(db: Db, client: ClientId, id: ImportId): Promise<Check> {
  const [row] = await db.query<Check>(sql`
    with judged as materialized (
      select handle, post_date, error_column, code, verdict from ${await judgedOf(db, client, id)}
      where client_id = ${client}::uuid and import_id = ${id}::uuid
    ), newcomers as materialized (
      select distinct j.handle from judged j
      where j.verdict <> 'rejected' and not exists (
        select 1 from users u where u.client_id = ${client}::uuid and u.tiktok_handle = j.handle)
    )
    select ${verdictColumns},
      (select count(*)::int from newcomers) as "newCreators",
      array(select handle from newcomers order by handle limit 20) as "newCreatorSample"
    from judged`);
  return row!;
}

/**
 * Judges the staged rows once. Sets the rejected aside in import_rejects and drops from staging whatever needs no writing, so that
 * what is left are the rows to write (of a new video also its duplicates: their dates count for a new creator).
 */
export async function settleStaged(db: Db, client: ClientId, id: ImportId): Promise<Verdicts> {
  const [row] = await db.query<Verdicts>(sql`
    with judged as materialized (
      select line, post_date, error_column, owner_handle, is_known, has_new_url, code, verdict from ${await judgedOf(db, client, id)}
      where client_id = ${client}::uuid and import_id = ${id}::uuid
    ), set_aside as (
      insert into import_rejects (client_id, import_id, line, handle, column_name, value, code, detail, cells)
      select s.client_id, s.import_id, s.line, s.handle, coalesce(s.error_column, 'Video'), coalesce(s.error_value, s.video_url),
        j.code, case when j.code = 'video_owned' then j.owner_handle else '' end, ${cellsOf}
      from judged j
      join import_rows s on s.client_id = ${client}::uuid and s.import_id = ${id}::uuid and s.line = j.line
      where j.verdict = 'rejected'
    ), settled as (
      delete from import_rows s using judged j
      where s.client_id = ${client}::uuid and s.import_id = ${id}::uuid and s.line = j.line
        and not (j.verdict in ('created', 'updated') or (j.verdict = 'unchanged' and j.has_new_url)
          or (j.verdict = 'duplicate' and not j.is_known))
    )
    select ${verdictColumns} from judged`);
  return row!;
}

/** The ten cells of a staged row: as they came where its values were rejected, else as they were read. */
const cellsOf = sql`coalesce(s.cells, array[s.handle, s.video_url, s.views::text, s.likes::text, s.comments::text, s.gmv::text,
  s.ctr::text, s.units_sold::text, s.post_date::text, s.video_title])`;

export interface Merged extends Omit<Verdicts, "byCode"> {
  rows: number;
  creatorsCreated: number;
  runId: RunId;
  now: Date;
}

export async function updateImported(db: Db, client: ClientId, id: ImportId, merged: Merged): Promise<void> {
  await db.execute(sql`
    update imports set status = 'imported', rows = ${merged.rows}::int, created = ${merged.created}::int,
      updated = ${merged.updated}::int, unchanged = ${merged.unchanged}::int, duplicate = ${merged.duplicate}::int,
      rejected = ${merged.rejected}::int, creators_created = ${merged.creatorsCreated}::int, newest_post = ${merged.newestPost}::date,
      run_id = ${merged.runId}::uuid, imported_at = ${merged.now}::timestamptz
    where client_id = ${client}::uuid and id = ${id}::uuid`);
}

export async function updateDiscarded(db: Db, client: ClientId, id: ImportId): Promise<void> {
  await db.execute(sql`
    update imports set status = 'discarded' where client_id = ${client}::uuid and id = ${id}::uuid and status = 'stored'`);
}

/** The number of the run that is queued or under way with this import, or null. */
export async function findRunTaking(db: Db, client: ClientId, id: ImportId): Promise<number | null> {
  const [row] = await db.query<{ number: number }>(sql`
    select number from sync_runs
    where client_id = ${client}::uuid and import_id = ${id}::uuid and status in ('queued', 'running', 'held') limit 1`);
  return row?.number ?? null;
}

/** Tells whether a client has a ladder. */
export async function hasTiers(db: Db, client: ClientId): Promise<boolean> {
  const rows = await db.query(sql`select 1 as found from tiers where client_id = ${client}::uuid limit 1`);
  return rows.length > 0;
}

export interface Taken {
  isTaken: boolean;
  /** the last run that imported these bytes */
  runNumber: number | null;
  storedId: ImportId | null;
}

/** What became of a file with these bytes: `taken` once it was imported, refused, or discarded after it came from a source; the stored import where it waits, or null. */
export async function findTaken(db: Db, client: ClientId, sha256: string): Promise<Taken> {
  const [row] = await db.query<Taken>(sql`
    select coalesce(bool_or(i.status = 'imported' or (i.status = 'discarded' and i.source in ('inbox', 'https'))
        or (i.status = 'refused' and coalesce(i.columns, '{}') = coalesce(o.columns, '{}'))), false) as "isTaken",
      (select max(r.number) from imports t join sync_runs r on r.client_id = t.client_id and r.id = t.run_id
        where t.client_id = ${client}::uuid and t.sha256 = ${sha256} and t.status = 'imported') as "runNumber",
      (array_agg(i.id order by i.created_at desc)
        filter (where i.status = 'stored' and i.source in ('inbox', 'https') and f.import_id is not null))[1] as "storedId"
    from imports i
    left join import_files f on f.client_id = i.client_id and f.import_id = i.id and f.part = 0
    left join file_sources o on o.client_id = i.client_id
    where i.client_id = ${client}::uuid and i.sha256 = ${sha256}`);
  return row!;
}

/** Names the connection's work until the transaction ends. */
export async function nameWork(db: Db, name: string): Promise<void> {
  await db.query(sql`select set_config('application_name', ${name}, true) as named`);
}

/** Gives the handles of new videos their creators' own names, where an alias was accepted; answers how many rows. */
export function updateAliased(db: Db, client: ClientId, id: ImportId): Promise<number> {
  return db.execute(sql`
    update import_rows s set handle = u.tiktok_handle
    from handle_aliases a
    join users u on u.client_id = a.client_id and u.id = a.user_id
    where s.client_id = ${client}::uuid and s.import_id = ${id}::uuid
      and a.client_id = ${client}::uuid and a.status = 'accepted' and a.handle = s.handle`);
}

/** Deletes the bytes and staged rows of imports made before `before`; answers how many imports lost their file. */
export async function deleteFilesBefore(db: Db, client: ClientId, before: Date): Promise<number> {
  const old = sql`select i.id from imports i where i.client_id = ${client}::uuid and i.created_at < ${before}::timestamptz`;
  await db.execute(sql`delete from import_rows where client_id = ${client}::uuid and import_id in (${old})`);
  const [row] = await db.query<{ files: number }>(sql`
    with gone as (
      delete from import_files where client_id = ${client}::uuid and import_id in (${old}) returning import_id
    )
    select count(distinct import_id)::int as files from gone`);
  return row!.files;
}
