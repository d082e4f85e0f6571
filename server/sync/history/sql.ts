/** What the run pages read: runs, steps, events and the tier moves of a run. */
import type { ClientId } from "../../base/ids.ts";
import type { Db, Sql } from "../../db/db.ts";
import { nothing, sql } from "../../db/db.ts";
import { totalsOf } from "../rules.ts";
import type { RunDto, RunEvent, RunListInput, RunRow, StepDto, StepName, TierMoveFilters } from "../schema.ts";

export interface RawRun extends Omit<RunRow, "totals" | "error"> {
  steps: { name: StepName; counts: Record<string, number> }[];
  errorCode: string | null;
  errorMessage: string | null;
}

const runColumns = (client: ClientId) => sql`
  r.id, r.number, r.source, r.status, r.by_name as "byName", r.created_at as "createdAt", r.started_at as "startedAt",
  r.ended_at as "endedAt", r.scheduled_for as "scheduledFor", i.file_name as "fileName", r.import_id as "importId",
  r.warnings, r.error_code as "errorCode", r.error_message as "errorMessage",
  (select jsonb_agg(jsonb_build_object('name', s.name, 'counts', s.counts) order by s.position)
    from sync_steps s where s.client_id = ${client}::uuid and s.run_id = r.id) as steps`;

const runTables = sql`
  sync_runs r left join imports i on i.client_id = r.client_id and i.id = r.import_id`;

/** A run as it is shown. */
export function toRun({ steps, errorCode, errorMessage, ...run }: RawRun): RunRow {
  const error = errorCode === null ? null : { code: errorCode, message: errorMessage ?? "" };
  return { ...run, totals: totalsOf(steps ?? []), error };
}

/** Up to `limit + 1` runs around a number, newest first (oldest first when going back). */
export async function listRuns(
  db: Db,
  client: ClientId,
  input: RunListInput,
  { key, isBackward }: { key: number | null; isBackward: boolean },
): Promise<RunRow[]> {
  const from =
    key === null ? nothing : isBackward ? sql` and r.number > ${key}::int` : sql` and r.number < ${key}::int`;
  const direction = isBackward ? sql`asc` : sql`desc`;
  const limit = sql`limit ${input.limit + 1}`;
  const rows = await db.query<RawRun>(rowsOf(client, input.status, { from, direction, limit }));
  return rows.map(toRun);
}

/** All of them, for a download. */
export function allRuns(client: ClientId, status: RunRow["status"] | undefined): Sql {
  return rowsOf(client, status, { from: nothing, direction: sql`desc`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  status: RunRow["status"] | undefined,
  { from, direction, limit }: { from: Sql; direction: Sql; limit: Sql },
): Sql {
  return sql`
    select ${runColumns(client)} from ${runTables}
    where r.client_id = ${client}::uuid${ofStatus(status)}${from}
    order by r.number ${direction}
    ${limit}`;
}

export async function countRuns(db: Db, client: ClientId, status: RunRow["status"] | undefined): Promise<number> {
  const [row] = await db.query<{ total: number }>(sql`
    select count(*)::int as total from sync_runs r where r.client_id = ${client}::uuid${ofStatus(status)}`);
  return row!.total;
}

function ofStatus(status: RunRow["status"] | undefined): Sql {
  return status === undefined ? nothing : sql` and r.status = ${status}`;
}

export async function findRunById(db: Db, client: ClientId, run: string): Promise<RunRow | null> {
  const [row] = await db.query<RawRun>(sql`
    select ${runColumns(client)} from ${runTables} where r.client_id = ${client}::uuid and r.id = ${run}::uuid`);
  return row === undefined ? null : toRun(row);
}

export async function findRunByNumber(db: Db, client: ClientId, number: number): Promise<RunRow | null> {
  const [row] = await db.query<RawRun>(sql`
    select ${runColumns(client)} from ${runTables} where r.client_id = ${client}::uuid and r.number = ${number}::bigint`);
  return row === undefined ? null : toRun(row);
}

/** Number of the client's latest run, 0 before the first. */
export async function latestRunNumber(db: Db, client: ClientId): Promise<number> {
  const [row] = await db.query<{ number: number }>(sql`
    select coalesce(max(number), 0)::int as number from sync_runs where client_id = ${client}::uuid`);
  return row!.number;
}

/** Number of the run's last stored event, 0 before the first. */
export async function lastEventNumber(db: Db, client: ClientId, run: string): Promise<number> {
  const [row] = await db.query<{ number: number }>(sql`
    select coalesce(max(number), 0)::int as number from sync_events
    where client_id = ${client}::uuid and run_id = ${run}::uuid`);
  return row!.number;
}

/** The run's moves between tiers, promotions first, then by handle; the run page shows the first 200. */
export function listTierMoves(db: Db, client: ClientId, run: string): Promise<TierMove[]> {
  return db.query<TierMove>(sql`${allTierMoves(client, { runId: run })} limit 200`);
}

export type TierMove = RunDto["tierMoves"][number];

/** All of them; a creator who was judged for several windows stands once for each, the earliest first. */
export function allTierMoves(client: ClientId, { runId, status }: TierMoveFilters): Sql {
  return sql`
    select t.user_id as "userId", u.tiktok_handle as handle, t.status, t.tier_before as "tierBefore",
      t.tier_after as "tierAfter", t.metric_value::text as "metricValue"
    from tier_checkpoints t join users u on u.client_id = t.client_id and u.id = t.user_id
    where t.client_id = ${client}::uuid and t.run_id = ${runId}::uuid and t.status <> 'maintained'
      ${status === undefined ? nothing : sql`and t.status = ${status}`}
    order by t.status desc, u.tiktok_handle, t.window_end`;
}

interface RawEvent {
  number: number;
  at: Date;
  type: RunEvent["type"];
  data: { step: (Omit<StepDto, "startedAt" | "endedAt"> & StoredTimes) | null; run: RunEvent["run"]; note?: string };
}
interface StoredTimes {
  startedAt: string | null;
  endedAt: string | null;
}

/** Events after a number, in order, at most a hundred at once. */
export async function listEvents(db: Db, client: ClientId, run: string, after: number): Promise<RunEvent[]> {
  const rows = await db.query<RawEvent>(sql`
    select number, at, type, data from sync_events
    where client_id = ${client}::uuid and run_id = ${run}::uuid and number > ${after}::int
    order by number limit 100`);
  return rows.map(({ number, at, type, data }) => ({
    number,
    at,
    type,
    run: data.run,
    step: toStep(data.step),
    note: data.note ?? "",
  }));
}

/** JSON has no instants. */
function toStep(step: RawEvent["data"]["step"]): StepDto | null {
  if (step === null) return null;
  const instant = (text: string | null) => (text === null ? null : new Date(text));
  return { ...step, startedAt: instant(step.startedAt), endedAt: instant(step.endedAt) };
}
