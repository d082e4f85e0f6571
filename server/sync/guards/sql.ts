/** What guards are set to, and what a step came to: one question each, inside the step's transaction. */
import type { ClientId, ImportId } from "../../base/ids.ts";
import type { StepContext } from "../../base/step.ts";
import type { Db } from "../../db/db.ts";
import { sql } from "../../db/db.ts";
import { FILES_BEFORE, type GuardName } from "./schema.ts";

export interface SavedGuard {
  name: GuardName;
  threshold: string | null;
  updatedAt: Date;
}

export function listGuards(db: Db, client: ClientId): Promise<SavedGuard[]> {
  return db.query<SavedGuard>(sql`
    select name, threshold::text as threshold, updated_at as "updatedAt" from guards where client_id = ${client}::uuid`);
}

export async function upsertGuard(
  db: Db,
  client: ClientId,
  guard: { name: GuardName; threshold: string | null; now: Date },
): Promise<void> {
  await db.execute(sql`
    insert into guards (client_id, name, threshold, updated_at)
    values (${client}::uuid, ${guard.name}, ${guard.threshold}::numeric, ${guard.now}::timestamptz)
    on conflict (client_id, name) do update set threshold = excluded.threshold, updated_at = excluded.updated_at`);
}

/**
 * How many rows the last files before this one had in the middle, and how many files that is: 0 where this one brings back corrected
 * rows, which are not to be compared.
 */
export async function medianRows(db: Db, client: ClientId, id: ImportId): Promise<{ files: number; median: number }> {
  const [row] = await db.query<{ files: number; median: number }>(sql`
    select count(*)::int as files, coalesce(round(percentile_cont(0.5) within group (order by l.rows)), 0)::int as median
    from (
      select i.rows from imports i
      where i.client_id = ${client}::uuid and i.status = 'imported' and i.id <> ${id}::uuid and not i.is_returned
        and not exists (select from imports i where i.client_id = ${client}::uuid and i.id = ${id}::uuid and i.is_returned)
      order by i.imported_at desc, i.id limit ${FILES_BEFORE}::int
    ) l`);
  return row!;
}

export async function countCreators(db: Db, client: ClientId): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    sql`select count(*)::int as count from users where client_id = ${client}::uuid`,
  );
  return row!.count;
}

/**
 * Videos of a staged file that are there already, and those of which a figure would fall that only ever grows but for refunds:
 * views, sales or units. Likes and comments are taken back by people every day. Of several rows of a video the last counts, as in
 * the merge. To be asked before it: afterwards the figures are the new ones.
 */
export async function countFalling(
  db: Db,
  client: ClientId,
  id: ImportId,
): Promise<{ known: number; falling: number }> {
  const [row] = await db.query<{ known: number; falling: number }>(sql`
    select count(*)::int as known,
      (count(*) filter (where k.views < k.held_views or k.gmv < k.held_gmv or k.units_sold < k.held_units))::int as falling
    from (
      select distinct on (s.video_key) s.views, s.gmv, s.units_sold, v.views as held_views, v.gmv as held_gmv,
        v.units_sold as held_units
      from import_rows s
      join videos v on v.client_id = ${client}::uuid and v.video_key = s.video_key
      join users u on u.client_id = ${client}::uuid and u.id = v.user_id and u.tiktok_handle = s.handle
      where s.client_id = ${client}::uuid and s.import_id = ${id}::uuid and s.error_code is null
      order by s.video_key, s.line desc
    ) k`);
  return row!;
}

/** A creator who fell twice in one night is one creator. */
export async function countDemoted(db: Db, { settings, runId }: StepContext): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(distinct t.user_id)::int as count from tier_checkpoints t
    where t.client_id = ${settings.id}::uuid and t.run_id = ${runId}::uuid and t.status = 'demoted'`);
  return row!.count;
}
