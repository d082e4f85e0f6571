/** What rehearsals would change, by name. Names and ids as they were at that moment: half of it never came to be. */
import type { ClientId } from "../../base/ids.ts";
import type { Db, Sql } from "../../db/db.ts";
import { nothing, sql } from "../../db/db.ts";
import type { ChangeKind } from "../changes/schema.ts";
import type { ReadChange } from "../changes/sql.ts";
import type { RehearsalChange } from "./schema.ts";

/** Adds names after those that are there; `from` is the position of the first. A creator who was only made up has no page. */
export async function insertChanges(
  db: Db,
  client: ClientId,
  of: { id: string; kind: ChangeKind; from: number },
  changes: readonly ReadChange[],
): Promise<void> {
  const records = changes.map(({ isNew, ...change }, index) => ({
    ...change,
    userId: isNew ? null : change.userId,
    position: of.from + index,
  }));
  await db.execute(sql`
    insert into rehearsal_changes (client_id, rehearsal_id, kind, position, user_id, handle, mission_id, mission_name,
      tier_before, tier_after, value, reward_name)
    select ${client}::uuid, ${of.id}::uuid, ${of.kind}, c.position, c."userId", c.handle, c."missionId", c."missionName",
      c."tierBefore", c."tierAfter", c.value, c."rewardName"
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as c (position integer, "userId" uuid, handle text, "missionId" uuid,
      "missionName" text, "tierBefore" text, "tierAfter" text, value numeric, "rewardName" text)`);
}

export type ListedChange = RehearsalChange & { position: number };

/** The names of one kind around a position, in their order; one more than the limit where there are more. */
export function listChanges(
  db: Db,
  client: ClientId,
  of: { id: string; kind: ChangeKind },
  { key, isBackward, limit }: { key: number | null; isBackward: boolean; limit: number },
): Promise<ListedChange[]> {
  const from =
    key === null ? nothing : isBackward ? sql` and c.position < ${key}::int` : sql` and c.position > ${key}::int`;
  return db.query<ListedChange>(sql`
    select c.position, c.user_id as "userId", c.handle, c.mission_id as "missionId", c.mission_name as "missionName",
      m.mission_type as "missionType", c.tier_before as "tierBefore", c.tier_after as "tierAfter", c.value::text as value,
      c.reward_name as "rewardName"
    from rehearsal_changes c
    left join missions m on m.client_id = c.client_id and m.id = c.mission_id
    where c.client_id = ${client}::uuid and c.rehearsal_id = ${of.id}::uuid and c.kind = ${of.kind}${from}
    order by c.position ${isBackward ? sql`desc` : sql`asc`}
    limit ${limit + 1}::int`);
}

export type NamedRow = Omit<RehearsalChange, "userId" | "missionId">;

/** All names of one kind for a download, in their order, with the tiers by their names where the ladder has them. */
export function allChanges(client: ClientId, of: { id: string; kind: ChangeKind }): Sql {
  return sql`
    select c.handle, c.mission_name as "missionName", m.mission_type as "missionType", coalesce(b.tier_name, c.tier_before) as "tierBefore",
      coalesce(a.tier_name, c.tier_after) as "tierAfter", c.value::text as value, c.reward_name as "rewardName"
    from rehearsal_changes c
    left join missions m on m.client_id = c.client_id and m.id = c.mission_id
    left join tiers b on b.client_id = c.client_id and b.tier_id = c.tier_before
    left join tiers a on a.client_id = c.client_id and a.tier_id = c.tier_after
    where c.client_id = ${client}::uuid and c.rehearsal_id = ${of.id}::uuid and c.kind = ${of.kind}
    order by c.position`;
}
