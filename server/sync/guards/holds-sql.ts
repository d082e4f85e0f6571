/** Times that runs were held, and by name what their steps would have changed. */
import type { ClientId, RunId } from "../../base/ids.ts";
import { type Actor, actorId } from "../../base/actor.ts";
import type { Db, Sql } from "../../db/db.ts";
import { nothing, sql } from "../../db/db.ts";
import type { KeptKind, NamedChange } from "../changes/schema.ts";
import { changesOf, type ReadChange, type RunMark } from "../changes/sql.ts";
import type { StepDto, StepName } from "../schema.ts";
import type { HoldDto, Trip } from "./schema.ts";

export interface NewHold {
  step: StepName;
  trips: readonly Trip[];
  counts: Record<string, number>;
  now: Date;
}

/** Opens a hold of a run and answers its number. One that a lost process had opened, and that held nothing, is forgotten. */
export async function insertHold(db: Db, client: ClientId, run: RunId, hold: NewHold): Promise<number> {
  const open = sql`client_id = ${client}::uuid and run_id = ${run}::uuid and decision is null`;
  await db.execute(sql`
    delete from sync_hold_changes where client_id = ${client}::uuid and run_id = ${run}::uuid
      and number in (select h.number from sync_holds h where ${open})`);
  await db.execute(sql`delete from sync_holds where ${open}`);
  const [row] = await db.query<{ number: number }>(sql`
    insert into sync_holds (client_id, run_id, number, step, at, trips, counts)
    select ${client}::uuid, ${run}::uuid, coalesce(max(h.number), 0) + 1, ${hold.step}, ${hold.now}::timestamptz,
      ${JSON.stringify(hold.trips)}::jsonb, ${JSON.stringify(hold.counts)}::jsonb
    from sync_holds h where h.client_id = ${client}::uuid and h.run_id = ${run}::uuid
    returning number`);
  return row!.number;
}

export interface HoldOf {
  run: RunId;
  number: number;
  kind: KeptKind;
}

/** Adds names after those that are there; `from` is the position of the first. A creator who was taken back has no page. */
export async function insertNames(
  db: Db,
  client: ClientId,
  of: HoldOf & { from: number },
  changes: readonly ReadChange[],
): Promise<void> {
  const records = changes.map(({ isNew, ...change }, index) => ({
    ...change,
    userId: isNew ? null : change.userId,
    position: of.from + index,
  }));
  await db.execute(sql`
    insert into sync_hold_changes (client_id, run_id, number, kind, position, user_id, handle, mission_id, mission_name,
      tier_before, tier_after, value, reward_name)
    select ${client}::uuid, ${of.run}::uuid, ${of.number}::int, ${of.kind}, c.position, c."userId", c.handle, c."missionId",
      c."missionName", c."tierBefore", c."tierAfter", c.value, c."rewardName"
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as c (position integer, "userId" uuid, handle text, "missionId" uuid,
      "missionName" text, "tierBefore" text, "tierAfter" text, value numeric, "rewardName" text)`);
}

export async function updateNamed(
  db: Db,
  client: ClientId,
  of: { run: RunId; number: number },
  named: HoldDto["named"],
): Promise<void> {
  await db.execute(sql`
    update sync_holds set named = ${JSON.stringify(named)}::jsonb
    where client_id = ${client}::uuid and run_id = ${of.run}::uuid and number = ${of.number}::int`);
}

export type StoredHold = Omit<HoldDto, "trips"> & { trips: Trip[] };

/** The times that a run was held, the first one first. */
export function listHolds(db: Db, client: ClientId, run: RunId): Promise<StoredHold[]> {
  return db.query<StoredHold>(sql`
    select number, step, at, trips, counts, named, decision, decided_at as "decidedAt", decided_by_name as "decidedBy", reason
    from sync_holds where client_id = ${client}::uuid and run_id = ${run}::uuid order by number`);
}

/** How many changes of a kind this step makes that the given hold did not show. */
export async function countUnseen(tx: Db, of: RunMark, hold: Omit<HoldOf, "run">): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`
    select count(*)::int as count from (${changesOf(hold.kind, of)}) c
    where not exists (
      select 1 from sync_hold_changes h
      where h.client_id = ${of.client}::uuid and h.run_id = ${of.runId}::uuid and h.number = ${hold.number}::int
        and h.kind = ${hold.kind} and h.handle = c.handle and h.mission_id is not distinct from c."missionId"
        and h.tier_after is not distinct from c."tierAfter")`);
  return row!.count;
}

/** Writes what was decided about the hold that is open; false when none is. */
export async function updateDecided(
  db: Db,
  client: ClientId,
  run: RunId,
  decided: { decision: "released" | "discarded"; by: Actor; reason: string; now: Date },
): Promise<boolean> {
  const updated = await db.execute(sql`
    update sync_holds set decision = ${decided.decision}, decided_at = ${decided.now}::timestamptz,
      decided_by_name = ${decided.by.name}, decided_by_id = ${actorId(decided.by)}, reason = ${decided.reason}
    where client_id = ${client}::uuid and run_id = ${run}::uuid and decision is null`);
  return updated === 1;
}

/** Holds a running run, whose row this transaction has; its lease is nobody's now. */
export async function holdRun(db: Db, client: ClientId, run: RunId): Promise<void> {
  await db.execute(sql`
    update sync_runs set status = 'held', lease_token = null, holder = null, claimed_at = null
    where client_id = ${client}::uuid and id = ${run}::uuid and status = 'running'`);
}

/** Marks the step under way as held, with what it would have done as its sentence; nothing of it was written. */
export async function holdStep(
  db: Db,
  client: ClientId,
  run: RunId,
  held: { name: StepName; rowsIn: number; message: string; now: Date },
): Promise<StepDto> {
  const [step] = await db.query<StepDto>(sql`
    update sync_steps set status = 'held', ended_at = greatest(${held.now}::timestamptz, started_at),
      rows_in = ${held.rowsIn}::int, rows_out = 0, message = ${held.message}
    where client_id = ${client}::uuid and run_id = ${run}::uuid and name = ${held.name}
    returning position::int as position, name, status, started_at as "startedAt", ended_at as "endedAt",
      rows_in as "rowsIn", rows_out as "rowsOut", skipped, counts, message`);
  return step!;
}

/** The held step waits again. */
export async function resetHeldStep(db: Db, client: ClientId, run: RunId): Promise<void> {
  await db.execute(sql`
    update sync_steps set status = 'waiting', started_at = null, ended_at = null, rows_in = 0, message = ''
    where client_id = ${client}::uuid and run_id = ${run}::uuid and status = 'held'`);
}

/** The held step and those after it will not be done. */
export async function cancelHeldSteps(db: Db, client: ClientId, run: RunId): Promise<void> {
  await db.execute(sql`
    update sync_steps set status = 'cancelled'
    where client_id = ${client}::uuid and run_id = ${run}::uuid and status in ('waiting', 'held')`);
}

/** What is to be known of a run that is no longer held: the step it was held at comes from its hold. */
export interface HeldRow {
  number: number;
  importId: string | null;
}

/** Puts a held run back into the queue, or null when it is not held. */
export async function updateReleased(db: Db, client: ClientId, run: RunId): Promise<HeldRow | null> {
  const [row] = await db.query<HeldRow>(sql`
    update sync_runs set status = 'queued', heartbeat_at = statement_timestamp()
    where client_id = ${client}::uuid and id = ${run}::uuid and status = 'held'
    returning number, import_id as "importId"`);
  return row ?? null;
}

/** Ends a held run as discarded, or null when it is not held. */
export async function updateDiscardedRun(db: Db, client: ClientId, run: RunId, now: Date): Promise<HeldRow | null> {
  const [row] = await db.query<HeldRow>(sql`
    update sync_runs set status = 'discarded', ended_at = greatest(${now}::timestamptz, started_at, created_at)
    where client_id = ${client}::uuid and id = ${run}::uuid and status = 'held'
    returning number, import_id as "importId"`);
  return row ?? null;
}

export type ListedName = NamedChange & { position: number };

const names = sql`
  c.position, c.user_id as "userId", c.handle, c.mission_id as "missionId", c.mission_name as "missionName",
  c.tier_before as "tierBefore", c.tier_after as "tierAfter", c.value::text as value, c.reward_name as "rewardName"`;

/** The names of one kind around a position, in their order; one more than the limit where there are more. */
export function listNames(
  db: Db,
  client: ClientId,
  of: HoldOf,
  { key, isBackward, limit }: { key: number | null; isBackward: boolean; limit: number },
): Promise<ListedName[]> {
  const from =
    key === null ? nothing : isBackward ? sql` and c.position < ${key}::int` : sql` and c.position > ${key}::int`;
  return db.query<ListedName>(sql`
    ${allNames(client, of, from)} ${isBackward ? sql`desc` : sql`asc`} limit ${limit + 1}::int`);
}

/** All of them for a download, in their order. */
export function allNames(client: ClientId, of: HoldOf, from: Sql = nothing): Sql {
  return sql`
    select ${names} from sync_hold_changes c
    where c.client_id = ${client}::uuid and c.run_id = ${of.run}::uuid and c.number = ${of.number}::int
      and c.kind = ${of.kind}${from}
    order by c.position`;
}

/** Lets go of the names of runs from before an instant; what tripped and what was decided stays. */
export function deleteNamesBefore(db: Db, client: ClientId, before: Date): Promise<number> {
  return db.execute(sql`
    delete from sync_hold_changes where client_id = ${client}::uuid and run_id in (
      select r.id from sync_runs r where r.client_id = ${client}::uuid and r.created_at < ${before}::timestamptz
        and r.ended_at is not null)`);
}
