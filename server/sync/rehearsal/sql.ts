/** All queries on rehearsals; the rehearsal itself works through the steps. */
import type { Actor } from "../../base/actor.ts";
import { actorId } from "../../base/actor.ts";
import type { ClientId, ImportId } from "../../base/ids.ts";
import type { Db, Sql } from "../../db/db.ts";
import { sql } from "../../db/db.ts";
import type { ChangeKind, SeededMission } from "../changes/schema.ts";
import type { StepDto } from "../schema.ts";
import { type Ending, SILENT_AFTER_MS } from "./rules.ts";
import type { RehearsalDto, RehearsalStatus, RehearsalTotals } from "./schema.ts";

export interface NewRehearsal {
  by: Actor;
  importId: ImportId | null;
  steps: readonly StepDto[];
  totals: RehearsalTotals;
  named: Record<ChangeKind, number>;
  now: Date;
}

/** Creates a running rehearsal, or answers null while another one of the client is under way. */
export async function insertRehearsal(db: Db, client: ClientId, rehearsal: NewRehearsal): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(sql`
    insert into rehearsals (client_id, by_name, by_id, import_id, file_name, steps, totals, named, created_at)
    select ${client}::uuid, ${rehearsal.by.name}, ${actorId(rehearsal.by)}, ${rehearsal.importId}::uuid,
      (select i.file_name from imports i where i.client_id = ${client}::uuid and i.id = ${rehearsal.importId}::uuid),
      ${JSON.stringify(rehearsal.steps)}::jsonb, ${JSON.stringify(rehearsal.totals)}::jsonb,
      ${JSON.stringify(rehearsal.named)}::jsonb, ${rehearsal.now}::timestamptz
    on conflict do nothing
    returning id`);
  return row?.id ?? null;
}

/** The rehearsal under way, or null; `isSilent` when its process gave no sign of life for 30 s. */
export async function findRunning(db: Db, client: ClientId): Promise<{ id: string; isSilent: boolean } | null> {
  const [row] = await db.query<{ id: string; isSilent: boolean }>(sql`
    select id, ${isSilent} as "isSilent" from rehearsals r where r.client_id = ${client}::uuid and r.status = 'running'`);
  return row ?? null;
}

const isSilent = sql`(r.beat_at < clock_timestamp() - make_interval(secs => ${SILENT_AFTER_MS / 1000}::float8))`;

/** What is told while a rehearsal is played. */
export interface Told {
  steps: readonly StepDto[];
  totals: RehearsalTotals;
  seeded: readonly SeededMission[];
  named: Record<ChangeKind, number>;
  /** a file of the inbox is known only when it was looked for */
  fileName: string | null;
}

/** Tells how far a rehearsal has come, which is a sign of life too; false when it is over. */
export async function updateTold(db: Db, client: ClientId, id: string, told: Told): Promise<boolean> {
  const updated = await db.execute(sql`
    update rehearsals set steps = ${JSON.stringify(told.steps)}::jsonb, totals = ${JSON.stringify(told.totals)}::jsonb,
      seeded = ${JSON.stringify(told.seeded)}::jsonb, named = ${JSON.stringify(told.named)}::jsonb,
      file_name = coalesce(file_name, ${told.fileName}), beat_at = statement_timestamp()
    where client_id = ${client}::uuid and id = ${id}::uuid and status = 'running'`);
  return updated === 1;
}

/** A sign of life; false when the rehearsal is over. */
export async function beat(db: Db, client: ClientId, id: string): Promise<boolean> {
  const updated = await db.execute(sql`
    update rehearsals set beat_at = statement_timestamp()
    where client_id = ${client}::uuid and id = ${id}::uuid and status = 'running'`);
  return updated === 1;
}

/** Ends a running rehearsal and answers its steps and figures as they were told last; null when it is over already. */
export async function updateEnded(
  db: Db,
  client: ClientId,
  id: string,
  { status, failure }: Ending,
  now: Date,
): Promise<{ steps: StepDto[]; totals: RehearsalTotals } | null> {
  const [row] = await db.query<{ steps: StepDto[]; totals: RehearsalTotals }>(sql`
    update rehearsals set status = ${status}, error_code = ${failure?.code ?? null}, error_message = ${failure?.message ?? null},
      ended_at = greatest(${now}::timestamptz, created_at), beat_at = statement_timestamp()
    where client_id = ${client}::uuid and id = ${id}::uuid and status = 'running'
    returning steps, totals`);
  return row ?? null;
}

/** Writes the steps of a rehearsal that has just been ended. */
export async function updateSteps(db: Db, client: ClientId, id: string, steps: readonly StepDto[]): Promise<void> {
  await db.execute(sql`
    update rehearsals set steps = ${JSON.stringify(steps)}::jsonb where client_id = ${client}::uuid and id = ${id}::uuid`);
}

/** Ends the connection of the client's rehearsal, whichever process holds it. */
export async function endConnection(db: Db, client: ClientId): Promise<void> {
  await db.query(sql`select end_rehearsals(${client}::uuid) as ended`);
}

/** A rehearsal as it stands; JSON has no instants. */
export interface StoredRehearsal extends Omit<RehearsalDto, "error" | "meanwhile" | "status" | "steps"> {
  status: RehearsalStatus;
  steps: StepDto[];
  isSilent: boolean;
  errorCode: string | null;
  errorMessage: string | null;
}

const columns: Sql = sql`
  r.id, r.status, r.by_name as "byName", r.created_at as at, r.ended_at as "endedAt", r.file_name as "fileName",
  r.import_id as "importId", r.totals, r.steps, r.seeded, r.named, r.error_code as "errorCode", r.error_message as "errorMessage",
  ${isSilent} as "isSilent"`;

export async function findRehearsal(db: Db, client: ClientId, id: string): Promise<StoredRehearsal | null> {
  const [row] = await db.query<StoredRehearsal>(sql`
    select ${columns} from rehearsals r where r.client_id = ${client}::uuid and r.id = ${id}::uuid`);
  return row ?? null;
}

/** The last rehearsals, newest first. */
export function listRehearsals(db: Db, client: ClientId, atMost: number): Promise<StoredRehearsal[]> {
  return db.query<StoredRehearsal>(sql`
    select ${columns} from rehearsals r where r.client_id = ${client}::uuid
    order by r.created_at desc, r.id desc limit ${atMost}::int`);
}

/**
 * What the audit log says was done in the moment in which a rehearsal was ended by a write, or null: the entry of the one who wrote
 * is committed a moment after the rehearsal is gone.
 */
export async function findMeanwhile(db: Db, client: ClientId, id: string): Promise<RehearsalDto["meanwhile"]> {
  const [row] = await db.query<NonNullable<RehearsalDto["meanwhile"]>>(sql`
    select a.action, a.actor_name as "byName", a.subject_name as subject
    from rehearsals r
    join audit_log a on a.client_id = r.client_id and a.at between r.beat_at - interval '2 s' and r.beat_at + interval '5 s'
      and a.action not in ('sync.rehearsed', 'import.stored', 'import.refused')
    where r.client_id = ${client}::uuid and a.client_id = ${client}::uuid and r.id = ${id}::uuid
    order by abs(extract(epoch from a.at - r.beat_at)) limit 1`);
  return row ?? null;
}

/** Deletes rehearsals from before an instant, with all that they named. */
export async function deleteBefore(db: Db, client: ClientId, before: Date): Promise<void> {
  const old = sql`
    select r.id from rehearsals r
    where r.client_id = ${client}::uuid and r.created_at < ${before}::timestamptz and r.status <> 'running'`;
  await db.execute(sql`delete from rehearsal_changes where client_id = ${client}::uuid and rehearsal_id in (${old})`);
  await db.execute(sql`
    delete from rehearsals where client_id = ${client}::uuid and created_at < ${before}::timestamptz and status <> 'running'`);
}
