import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { Repair } from "../../db/repair.ts";
import type { Check, HealthContext } from "../check.ts";
import type { GuardedSum } from "./rules.ts";
import type { FixPreviewDto } from "./schema.ts";

export interface SetOfFix {
  count: number;
  /** the same for the same records and what is written to them, in whatever order they are read */
  mark: string;
  sample: FixPreviewDto["sample"];
}

/** Reads the whole set once: how many, what stands for exactly these, and the first ten by name. */
export async function findSet(db: Db, { concerned }: Repair): Promise<SetOfFix> {
  const [row] = await db.query<SetOfFix>(sql`
    with concerned as materialized (${concerned})
    select count(*)::int as count, coalesce(sum(hashtextextended(c.key, 0)), 0)::text as mark, coalesce((
        select json_agg(json_build_object('label', s.label, 'detail', s.detail) order by s.label collate "C", s.key)
        from (select * from concerned order by label collate "C", key limit 10) s
      ), '[]'::json) as sample
    from concerned c`);
  return row!;
}

/** How many records the check finds now. */
export async function countFound(db: Db, health: HealthContext, check: Check): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`select count(*)::int as count from (${check.found(health)}) f`);
  return row!.count;
}

/** The tiers that creators have and the ladder does not, the most frequent first. */
export function listUnknownTiers(db: Db, client: ClientId): Promise<FixPreviewDto["unknownTiers"]> {
  return db.query(sql`
    select u.current_tier as "tierId", count(*)::int as creators from users u
    where u.client_id = ${client}::uuid and not exists (
      select 1 from tiers t where t.client_id = ${client}::uuid and t.tier_id = u.current_tier)
    group by u.current_tier order by count(*) desc, u.current_tier collate "C"
    limit 100`);
}

/** The number of the client's sync that is held and waits for an owner, or null. */
export async function findHeldRun(db: Db, client: ClientId): Promise<number | null> {
  const [row] = await db.query<{ number: number }>(sql`
    select r.number from sync_runs r where r.client_id = ${client}::uuid and r.status = 'held' limit 1`);
  return row?.number ?? null;
}

/** What owners have set of the guards of redemptions, as decimal text; null switches one off, one without a row has its default. */
export function listSavedGuards(db: Db, client: ClientId): Promise<{ name: GuardedSum; threshold: string | null }[]> {
  return db.query(sql`
    select g.name, g.threshold::text as threshold from guards g
    where g.client_id = ${client}::uuid and g.name in ('redemptions', 'redemptions_value')`);
}
