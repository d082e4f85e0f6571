import type { Day } from "../base/days.ts";
import type { ClientId, MissionId } from "../base/ids.ts";
import { pageStart } from "../base/paging.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { shownName } from "../db/shown-sql.ts";
import { fromValueData, type StoredValue } from "../rewards/rules.ts";
import type { Rung } from "./rules.ts";
import type {
  MissionCreateInput,
  MissionDto,
  MissionExportFilters,
  MissionFilters,
  MissionListInput,
} from "./schema.ts";

export interface MissionRow extends Omit<MissionDto, "reward"> {
  reward: ({ id: string; name: string; enabled: boolean } & StoredValue) | null;
}

/** The one definition of a mission's state; `today` is the day in the client's timezone. */
function stateOn(today: Day): Sql {
  return sql`case
    when m.raffle_end_date < ${today}::date then 'ended'
    when not m.enabled then 'draft'
    when m.activated then 'active'
    else 'enabled'
  end`;
}

/** What creators see: the display name, else the title. */

function columns(today: Day): Sql {
  return sql`
    m.id, ${shownName} as name, m.title, m.display_name as "displayName", m.description,
    m.mission_type as "missionType", m.target_value::text as "targetValue", m.target_unit as "targetUnit",
    case when r.id is not null then jsonb_build_object('id', r.id, 'name', r.name, 'enabled', r.enabled, 'type', r.type,
      'valueData', r.value_data) end as reward,
    m.tier_eligibility as "tierEligibility", t.tier_name as "tierName",
    m.tier_eligibility = 'all' or t.tier_id is not null as "isTierKnown",
    m.preview_from_tier as "previewFromTier", m.display_order as "displayOrder",
    to_char(m.raffle_end_date, 'YYYY-MM-DD') as "raffleEndDate", m.enabled, m.activated, ${stateOn(today)} as state,
    m.created_at as "createdAt", m.updated_at as "updatedAt"`;
}

const tables = sql`missions m
  left join rewards r on r.client_id = m.client_id and r.id = m.reward_id
  left join tiers t on t.client_id = m.client_id and t.tier_id = m.tier_eligibility`;

function toMission(row: MissionRow): MissionDto {
  if (row.reward === null) return { ...row, reward: null };
  const { type, valueData, ...reward } = row.reward;
  return { ...row, reward: { ...reward, value: fromValueData({ type, valueData }) } };
}

/** The search is literal: `_` and `%` stand for themselves. */
function filtered(client: ClientId, filters: MissionExportFilters, today: Day): Sql {
  const q = filters.q?.trim().toLowerCase() ?? "";
  return sql`m.client_id = ${client}::uuid
    ${q === "" ? nothing : sql`and (strpos(lower(m.title), ${q}) > 0 or strpos(lower(m.display_name), ${q}) > 0)`}
    ${filters.state === undefined ? nothing : sql`and ${stateOn(today)} = ${filters.state}`}
    ${filters.tier === undefined ? nothing : sql`and m.tier_eligibility = ${filters.tier}`}
    ${filters.missionIds === undefined ? nothing : sql`and m.id = any (${filters.missionIds}::uuid[])`}`;
}

/** A page in the admin's own order; one row more than asked, so that the caller knows whether there is a next page. */
export async function listMissions(
  db: Db,
  client: ClientId,
  input: MissionListInput,
  today: Day,
): Promise<MissionDto[]> {
  const { key, isBackward } = pageStart(input, ["integer", "uuid"]);
  const from =
    key === null
      ? nothing
      : isBackward
        ? sql`and (m.display_order, m.id) < (${key[0]}::int, ${key[1]}::uuid)`
        : sql`and (m.display_order, m.id) > (${key[0]}::int, ${key[1]}::uuid)`;
  const order = isBackward ? sql`m.display_order desc, m.id desc` : sql`m.display_order, m.id`;
  const limit = sql`limit ${input.limit + 1}`;
  const rows = await db.query<MissionRow>(rowsOf(client, input, today, { from, order, limit }));
  return rows.map(toMission);
}

/** All of them, for a download. */
export function allOfList(client: ClientId, filters: MissionExportFilters, today: Day): Sql {
  return rowsOf(client, filters, today, { from: nothing, order: sql`m.display_order, m.id`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  filters: MissionExportFilters,
  today: Day,
  { from, order, limit }: { from: Sql; order: Sql; limit: Sql },
): Sql {
  return sql`
    select ${columns(today)} from ${tables}
    where ${filtered(client, filters, today)} ${from}
    order by ${order}
    ${limit}`;
}

export async function countMissions(db: Db, client: ClientId, filters: MissionFilters, today: Day): Promise<number> {
  const [row] = await db.query<{ total: number }>(
    sql`select count(*)::int as total from missions m where ${filtered(client, filters, today)}`,
  );
  return row!.total;
}

/** All missions of the client in the admin's own order: tens, not thousands. */
export async function listAllMissions(db: Db, client: ClientId, today: Day): Promise<MissionDto[]> {
  const rows = await db.query<MissionRow>(sql`
    select ${columns(today)} from ${tables}
    where m.client_id = ${client}::uuid
    order by m.display_order, m.id`);
  return rows.map(toMission);
}

/** One mission, or null. */
export function findMission(db: Db, client: ClientId, mission: MissionId, today: Day): Promise<MissionDto | null> {
  return findOne(db, client, { mission, today, lock: nothing });
}

/**
 * The same, and nobody else changes it until the transaction ends. Whoever keeps it for longer than an edit takes is not waited
 * for: SQLSTATE 55P03.
 */
export async function lockMission(
  db: Db,
  client: ClientId,
  mission: MissionId,
  today: Day,
): Promise<MissionDto | null> {
  await db.execute(sql`set local lock_timeout = '3s'`);
  const found = await findOne(db, client, { mission, today, lock: sql`for no key update of m` });
  await db.execute(sql`set local lock_timeout to default`);
  return found;
}

async function findOne(
  db: Db,
  client: ClientId,
  { mission, today, lock }: { mission: MissionId; today: Day; lock: Sql },
): Promise<MissionDto | null> {
  const [row] = await db.query<MissionRow>(sql`
    select ${columns(today)} from ${tables}
    where m.client_id = ${client}::uuid and m.id = ${mission}::uuid
    ${lock}`);
  return row === undefined ? null : toMission(row);
}

/** Of the given ids, those that are missions of this client, with the name that is shown. */
export function listKnown(
  db: Db,
  client: ClientId,
  missions: readonly string[],
): Promise<{ id: MissionId; name: string }[]> {
  return db.query<{ id: MissionId; name: string }>(sql`
    select m.id, ${shownName} as name from missions m
    where m.client_id = ${client}::uuid and m.id = any (${missions}::uuid[])
    order by m.display_order, m.id`);
}

export function listLadder(db: Db, client: ClientId): Promise<Rung[]> {
  return db.query<Rung>(sql`
    select tier_id as "tierId", tier_order as "tierOrder" from tiers where client_id = ${client}::uuid order by tier_order`);
}

export async function insertMission(db: Db, client: ClientId, input: MissionCreateInput): Promise<MissionId> {
  const [row] = await db.query<{ id: MissionId }>(sql`
    insert into missions (client_id, title, display_name, description, mission_type, target_value, reward_id,
      tier_eligibility, preview_from_tier, display_order, raffle_end_date, enabled)
    values (${client}::uuid, ${input.title}, ${input.displayName}, ${input.description}, ${input.missionType},
      ${input.targetValue}::numeric, ${input.rewardId}::uuid, ${input.tierEligibility}, ${input.previewFromTier},
      ${input.displayOrder}, ${input.raffleEndDate}::date, ${input.enabled})
    returning id`);
  return row!.id;
}

/** Copies a mission under another title, switched off. */
export async function insertCopy(db: Db, client: ClientId, mission: MissionId, title: string): Promise<MissionId> {
  const [row] = await db.query<{ id: MissionId }>(sql`
    insert into missions (client_id, title, display_name, description, mission_type, target_value, reward_id,
      tier_eligibility, preview_from_tier, display_order, raffle_end_date, enabled, activated)
    select client_id, ${title}, display_name, description, mission_type, target_value, reward_id,
      tier_eligibility, preview_from_tier, display_order, raffle_end_date, false, false
    from missions where client_id = ${client}::uuid and id = ${mission}::uuid
    returning id`);
  return row!.id;
}

export async function updateMission(
  db: Db,
  client: ClientId,
  mission: MissionId,
  input: Omit<MissionCreateInput, "missionType">,
): Promise<void> {
  await db.execute(sql`
    update missions set title = ${input.title}, display_name = ${input.displayName}, description = ${input.description},
      target_value = ${input.targetValue}::numeric, reward_id = ${input.rewardId}::uuid,
      tier_eligibility = ${input.tierEligibility}, preview_from_tier = ${input.previewFromTier},
      display_order = ${input.displayOrder}, raffle_end_date = ${input.raffleEndDate}::date, enabled = ${input.enabled},
      updated_at = now()
    where client_id = ${client}::uuid and id = ${mission}::uuid`);
}

/** Sets the two switches of a mission. */
export async function updateSwitches(
  db: Db,
  client: ClientId,
  mission: MissionId,
  to: { enabled: boolean; activated: boolean },
): Promise<void> {
  await db.execute(sql`
    update missions set enabled = ${to.enabled}, activated = ${to.activated}, updated_at = now()
    where client_id = ${client}::uuid and id = ${mission}::uuid`);
}
