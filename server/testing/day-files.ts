/** Daily files for tests: rows with sensible defaults, stored, checked and imported as a run would. */
import { Readable } from "node:stream";
import type { ClientId, ImportId } from "../base/ids.ts";
import type { StepOutcome } from "../base/step.ts";
import { type Db, sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { mergeImport } from "../imports/merge.ts";
import { csvColumns } from "../imports/schema.ts";
import type { CsvColumn } from "../imports/schema.ts";
import { stageImport } from "../imports/stage.ts";
import { storeImport } from "../imports/store.ts";
import type { IncomingFile } from "../imports/store.ts";
import { asOwner } from "./builders.ts";
import { runSteps } from "./steps.ts";

export const fileDay = "2026-11-20T09:00:00Z";
export const shell = { kind: "cli", name: "command line (test)" } as const;

const defaults: Record<CsvColumn, string> = {
  Handle: "maria",
  Video: "74001",
  Views: "10",
  Likes: "2",
  Comments: "1",
  GMV: "9.50",
  CTR: "2.27",
  "Units Sold": "3",
  "Post Date": "2026-11-18",
  "Video Title": "A title",
};
export type DayRow = Partial<Record<CsvColumn, string>>;

/** A file of rows that differ from the default row in the given cells. */
export function dayFile(rows: readonly DayRow[]): string {
  const lines = rows.map((row) => csvColumns.map((column) => quoted(row[column] ?? defaults[column])).join(","));
  return [csvColumns.join(","), ...lines, ""].join("\n");
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export interface StoreOptions {
  source?: IncomingFile["source"];
  name?: string;
  now?: string;
  limitBytes?: number;
}

/** Stores a file as an upload would, unless said otherwise. */
export async function storeDay(
  db: RootDb,
  client: ClientId,
  content: string | Buffer | Readable,
  options: StoreOptions = {},
): Promise<ImportId> {
  const stream = content instanceof Readable ? content : Readable.from([Buffer.from(content)]);
  const file = { name: options.name ?? "day.csv", source: options.source ?? "upload", stream } as const;
  const { importId } = await storeImport(db, shell, client, file, {
    now: new Date(options.now ?? fileDay),
    limitBytes: options.limitBytes ?? 100_000_000,
  });
  return importId;
}

/** Step 1 of a run: stages the import where that is needed and merges it. */
export async function mergeDay(db: RootDb, client: ClientId, id: ImportId, now = fileDay): Promise<StepOutcome> {
  await stageImport(db, client, id, { now: new Date(now) });
  return runSteps(db, client, now, (tx, step) => mergeImport(tx, step, id));
}

/** Stores and merges a file. */
export async function importDay(db: RootDb, client: ClientId, content: string, now = fileDay): Promise<StepOutcome> {
  return mergeDay(db, client, await storeDay(db, client, content, { now }), now);
}

export interface StandingVideo {
  key: string;
  url: string;
  handle: string;
  title: string;
  postDate: string;
  views: number;
  gmv: string;
  importId: string | null;
  line: number | null;
}

/** The client's videos, by key. */
export function videosOf(db: RootDb, client: ClientId): Promise<StandingVideo[]> {
  return asOwner(db, (owner) =>
    owner.query<StandingVideo>(sql`
      select v.video_key as key, v.video_url as url, u.tiktok_handle as handle, v.video_title as title, v.post_date::text as "postDate",
        v.views::float8 as views, v.gmv::text as gmv, v.last_import_id as "importId", v.last_import_line::int as line
      from videos v join users u on u.client_id = v.client_id and u.id = v.user_id
      where v.client_id = ${client}::uuid order by v.video_key`),
  );
}

/** How many rows of a client each table of the imports holds. */
export function importTables(db: RootDb, client: ClientId) {
  const rowsOf = (owner: Db) =>
    owner.query<Record<"imports" | "files" | "staged" | "rejects" | "audit" | "users" | "videos", number>>(sql`
      select (select count(*)::int from imports where client_id = ${client}::uuid) as imports,
        (select count(*)::int from import_files where client_id = ${client}::uuid) as files,
        (select count(*)::int from import_rows where client_id = ${client}::uuid) as staged,
        (select count(*)::int from import_rejects where client_id = ${client}::uuid) as rejects,
        (select count(*)::int from audit_log where client_id = ${client}::uuid) as audit,
        (select count(*)::int from users where client_id = ${client}::uuid) as users,
        (select count(*)::int from videos where client_id = ${client}::uuid) as videos`);
  return asOwner(db, async (owner) => (await rowsOf(owner))[0]!);
}
