/** Reads imports, and the rows they set aside, for lists and pages. */
import type { ClientId, ImportId } from "../../base/ids.ts";
import type { PageInput } from "../../base/paging.ts";
import { type Db, nothing, type Sql, sql } from "../../db/db.ts";
import type { ImportCheckDto, ImportCounts, ImportDto, RejectedListInput, RejectedRow } from "../schema.ts";

/** The row of a list; `key` is its creation in the database's own precision, for the cursor. */
export interface ImportRow extends Omit<ImportDto, "counts" | "refusal">, ImportCounts {
  refusalCode: string | null;
  refusalMessage: string | null;
  key: string;
}

const importColumns = sql`
  i.id, i.file_name as "fileName", i.source, i.status, i.size_bytes::float8 as "sizeBytes", i.sha256, i.by_name as "byName",
  i.created_at as "createdAt", i.imported_at as "importedAt", i.extra_columns as "extraColumns",
  i.refusal_code as "refusalCode", i.refusal_message as "refusalMessage",
  i.rows, i.created, i.updated, i.unchanged, i.duplicate, i.rejected, i.creators_created as "creatorsCreated",
  i.newest_post::text as "newestPost", i.created_at::text as key, ${runNumber()} as "runNumber"`;

function runNumber(): Sql {
  return sql`(select r.number from sync_runs r where r.client_id = i.client_id and r.id = i.run_id)`;
}

type Status = ImportDto["status"];

function ofStatus(status: Status | undefined): Sql {
  return status === undefined ? nothing : sql` and i.status = ${status}`;
}

/** Where a page starts and which way it is read. */
export interface Walk<Key> {
  key: Key | null;
  isBackward: boolean;
  limit: PageInput["limit"];
}

/** Imports, newest first; one more than the limit where there are more. */
export function listImports(
  db: Db,
  client: ClientId,
  status: Status | undefined,
  { key, isBackward, limit }: Walk<readonly [at: string, id: string]>,
): Promise<ImportRow[]> {
  const comparison = isBackward ? sql`>` : sql`<`;
  const from =
    key === null ? nothing : sql` and (i.created_at, i.id) ${comparison} (${key[0]}::timestamptz, ${key[1]}::uuid)`;
  const direction = isBackward ? sql`asc` : sql`desc`;
  return db.query<ImportRow>(rowsOf(client, status, { from, direction, limit: sql`limit ${limit + 1}::int` }));
}

/** All of them, for a download. */
export function allImports(client: ClientId, status: Status | undefined): Sql {
  return rowsOf(client, status, { from: nothing, direction: sql`desc`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  status: Status | undefined,
  { from, direction, limit }: { from: Sql; direction: Sql; limit: Sql },
): Sql {
  return sql`
    select ${importColumns} from imports i
    where i.client_id = ${client}::uuid${ofStatus(status)}${from}
    order by i.created_at ${direction}, i.id ${direction}
    ${limit}`;
}

export async function countImports(db: Db, client: ClientId, status: Status | undefined): Promise<number> {
  const [row] = await db.query<{ imports: number }>(sql`
    select count(*)::int as imports from imports i where i.client_id = ${client}::uuid${ofStatus(status)}`);
  return row!.imports;
}

export async function findImport(db: Db, client: ClientId, id: ImportId): Promise<ImportRow | null> {
  const [row] = await db.query<ImportRow>(sql`
    select ${importColumns} from imports i where i.client_id = ${client}::uuid and i.id = ${id}::uuid`);
  return row ?? null;
}

/** The last import of the same bytes, or null. */
export async function findSame(db: Db, client: ClientId, id: ImportId): Promise<ImportCheckDto["sameAs"]> {
  const [row] = await db.query<NonNullable<ImportCheckDto["sameAs"]>>(sql`
    select i.id as "importId", ${runNumber()} as "runNumber", i.imported_at as at
    from imports own
    join imports i on i.client_id = own.client_id and i.sha256 = own.sha256 and i.status = 'imported'
    where own.client_id = ${client}::uuid and own.id = ${id}::uuid and i.id <> own.id
    order by i.imported_at desc, i.id limit 1`);
  return row ?? null;
}

/** The last import that took place, other than this one, with the newest post that any has brought; or null. */
export async function findPrevious(db: Db, client: ClientId, id: ImportId): Promise<ImportCheckDto["previous"]> {
  const [row] = await db.query<NonNullable<ImportCheckDto["previous"]>>(sql`
    select i.rows, (max(i.newest_post) over ())::text as "newestPost", i.imported_at as at from imports i
    where i.client_id = ${client}::uuid and i.status = 'imported' and i.id <> ${id}::uuid
    order by i.imported_at desc, i.id limit 1`);
  return row ?? null;
}

/** A row set aside, without its sentence. */
export interface RejectedRecord extends Omit<RejectedRow, "reason"> {
  detail: string;
  cells: string[];
}

type RejectedFilters = Pick<RejectedListInput, "code" | "column">;

/** The rows set aside: those that would be, judged from staging, while the import waits; afterwards those that were. */
function rejectedOf(client: ClientId, id: ImportId, isWaiting: boolean, filters: RejectedFilters): Sql {
  const all = isWaiting
    ? sql`select j.line, j.sent_handle as handle, coalesce(j.error_column, 'Video') as column_name, coalesce(j.error_value, s.video_url) as value, j.code,
        case when j.code = 'video_owned' then j.owner_handle else '' end as detail,
        coalesce(j.cells, array[s.handle, s.video_url, s.views::text, s.likes::text, s.comments::text, s.gmv::text, s.ctr::text,
          s.units_sold::text, s.post_date::text, s.video_title]) as cells
      from import_judged j
      join import_rows s on s.client_id = j.client_id and s.import_id = j.import_id and s.line = j.line
      where j.client_id = ${client}::uuid and j.import_id = ${id}::uuid and j.verdict = 'rejected'`
    : sql`select line, handle, column_name, value, code, detail, cells from import_rejects
      where client_id = ${client}::uuid and import_id = ${id}::uuid`;
  const code = filters.code === undefined ? nothing : sql` and r.code = ${filters.code}`;
  const column = filters.column === undefined ? nothing : sql` and r.column_name = ${filters.column}`;
  return sql`from (${all}) r where true${code}${column}`;
}

/** Rows set aside, by line; one more than the limit where there are more. */
export function listRejected(
  db: Db,
  client: ClientId,
  of: { id: ImportId; isWaiting: boolean; filters: RejectedFilters },
  { key, isBackward, limit }: Walk<number>,
): Promise<RejectedRecord[]> {
  const from =
    key === null ? nothing : isBackward ? sql` and r.line < ${key}::bigint` : sql` and r.line > ${key}::bigint`;
  return db.query<RejectedRecord>(sql`
    select r.line::float8 as line, r.handle, r.column_name as "column", r.value, r.code, r.detail, r.cells
    ${rejectedOf(client, of.id, of.isWaiting, of.filters)}${from}
    order by r.line ${isBackward ? sql`desc` : sql`asc`}
    limit ${limit + 1}::int`);
}

export async function countRejected(
  db: Db,
  client: ClientId,
  of: { id: ImportId; isWaiting: boolean; filters: RejectedFilters },
): Promise<number> {
  const [row] = await db.query<{ rows: number }>(sql`
    select count(*)::int as rows ${rejectedOf(client, of.id, of.isWaiting, of.filters)}`);
  return row!.rows;
}
