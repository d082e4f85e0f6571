/**
 * Who may nearly make it, found in one walk through creators and the mission's rows: nobody else is judged. It never changes who is in
 * the list, only how many are looked at; from the same snapshot as the list.
 */
import type { ClientSettings } from "../../base/client-settings.ts";
import { type Db, nothing, type Sql, sql } from "../../db/db.ts";
import { countByTier } from "../../eligibility/counts-sql.ts";
import type { Bucket } from "../../eligibility/schema.ts";
import type { MissionType } from "../../missions/schema.ts";
import { figures, isInDoubt, isOfOtherWindow } from "../../progress/kept-value-sql.ts";
import { expectedBasis, metricOf } from "../../tiers/value-sql.ts";
import type { NearMissFilters } from "./schema.ts";

/** More than so many are quicker judged all together. */
const MANY = 100_000;

/** The ids of those who may be near, as the text of an array: it only goes back to the database; null where they are very many. */
export async function findCandidates(
  db: Db,
  settings: ClientSettings,
  filters: NearMissFilters,
): Promise<string | null> {
  const parts =
    filters.kind === "tier" ? await nearTheTier(db, settings, filters) : await nearTheTarget(db, settings, filters);
  const [first, second] = parts;
  if (first === undefined) return "{}";
  const candidates = second === undefined ? first : sql`(${first}) union all (${second})`;
  const [row] = await db.query<{ users: string; count: number }>(sql`
    select coalesce(array_agg(c.user_id), '{}')::text as users, count(*)::int as count
    from (${candidates} limit ${MANY + 1}::int) c`);
  return row!.count > MANY ? null : row!.users;
}

/** Creators of the tiers that are too low, who have 90 % of the threshold. */
async function nearTheTier(db: Db, settings: ClientSettings, filters: NearMissFilters): Promise<Sql[]> {
  const { total, tiers } = await countByTier(db, settings.id, { ...filters, reason: "tier_too_low" });
  if (total === 0) return [];
  const ofTiers = tiers === null ? nothing : sql`and b.current_tier = any (${tiers}::text[])`;
  return [
    sql`
      select b.user_id from (${expectedBasis(settings)}) b
      join missions m on m.client_id = b.client_id and m.client_id = ${settings.id}::uuid and m.id = ${filters.missionId}::uuid
      join tiers t on t.client_id = m.client_id and t.client_id = ${settings.id}::uuid
        and t.tier_id = coalesce(${filters.whatIf?.tierEligibility ?? null}::text, m.tier_eligibility)
      where b.value * 10 >= ${metricOf(settings).threshold} * 9 ${ofTiers}`,
  ];
}

interface Terms {
  missionType: MissionType;
  /** decimal text */
  target: string;
}

/** Those who by the sums kept with them have 90 % of the target, and those of whose row these say nothing. */
async function nearTheTarget(db: Db, settings: ClientSettings, filters: NearMissFilters): Promise<Sql[]> {
  const { missionId, whatIf } = filters;
  const [terms] = await db.query<Terms>(sql`
    select m.mission_type as "missionType", coalesce(${whatIf?.targetValue ?? null}::numeric, m.target_value)::text as target
    from missions m where m.client_id = ${settings.id}::uuid and m.id = ${missionId}::uuid`);
  const size = (bucket?: Bucket) => countByTier(db, settings.id, { missionId, whatIf, bucket });
  const open = await size("will_create");
  const seeded = await size("already_seeded");
  // Tiers with most creators in them are no help: whoever looks for them in an index reads the table in a worse order.
  const tiers = open.among * 3 > (await size()).total ? null : open.tiers;
  return [
    ...(open.total === 0 ? [] : [withoutRow(settings, terms!, tiers)]),
    ...(seeded.total === 0 ? [] : [withRow(settings, terms!, missionId)]),
  ];
}

function withoutRow({ id }: ClientSettings, { missionType, target }: Terms, tiers: readonly string[] | null): Sql {
  return sql`
    select u.id as user_id from users u
    where u.client_id = ${id}::uuid ${tiers === null ? nothing : sql`and u.current_tier = any (${tiers}::text[])`}
      and (${figures[missionType]} * 10 >= ${target}::numeric * 9 or ${isInDoubt(id)})`;
}

function withRow({ id }: ClientSettings, { missionType, target }: Terms, missionId: string): Sql {
  return sql`
    select p.user_id from mission_progress p
    join users u on u.client_id = p.client_id and u.client_id = ${id}::uuid and u.id = p.user_id
    where p.client_id = ${id}::uuid and p.mission_id = ${missionId}::uuid and p.status in ('active', 'dormant')
      and (${figures[missionType]} * 10 >= ${target}::numeric * 9 or ${isInDoubt(id)} or ${isOfOtherWindow(sql`p`)})`;
}
