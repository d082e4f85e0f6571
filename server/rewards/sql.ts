import type { ClientId, RewardId } from "../base/ids.ts";
import { pageStart } from "../base/paging.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { fromValueData, redemptionTypeOf, type StoredValue, toValueData } from "./rules.ts";
import { moneyValue } from "./value-sql.ts";
import type { RewardCreateInput, RewardDto, RewardFilters, RewardListInput } from "./schema.ts";

export type RewardRow = Omit<RewardDto, "value"> & StoredValue;

const columns = sql`
  r.id, r.name, r.description, r.type, r.value_data as "valueData", r.tier_eligibility as "tierEligibility",
  r.redemption_frequency as "redemptionFrequency", r.redemption_quantity as "redemptionQuantity",
  r.redemption_type as "redemptionType", r.enabled, r.created_at as "createdAt",
  (select count(*)::int from missions m where m.client_id = r.client_id and m.reward_id = r.id) as missions`;

function toReward({ type, valueData, ...row }: RewardRow): RewardDto {
  return { ...row, value: fromValueData({ type, valueData }) };
}

/** The search is literal: `_` and `%` stand for themselves. */
function filtered(client: ClientId, filters: RewardFilters): Sql {
  const q = filters.q?.trim().toLowerCase() ?? "";
  return sql`r.client_id = ${client}::uuid
    ${filters.enabled === undefined ? nothing : sql`and r.enabled = ${filters.enabled}`}
    ${q === "" ? nothing : sql`and strpos(lower(r.name), ${q}) > 0`}`;
}

/** A page by name; one row more than asked, so that the caller knows whether there is a next page. */
export async function listRewards(db: Db, client: ClientId, input: RewardListInput): Promise<RewardDto[]> {
  const { key, isBackward } = pageStart(input, ["text", "uuid"]);
  const from =
    key === null
      ? nothing
      : isBackward
        ? sql`and (r.name, r.id) < (${key[0]}, ${key[1]}::uuid)`
        : sql`and (r.name, r.id) > (${key[0]}, ${key[1]}::uuid)`;
  const order = isBackward ? sql`r.name desc, r.id desc` : sql`r.name, r.id`;
  const limit = sql`limit ${input.limit + 1}`;
  const rows = await db.query<RewardRow>(rowsOf(client, input, { from, order, limit }));
  return rows.map(toReward);
}

/** All of them, for a download. */
export function allRewards(client: ClientId, filters: RewardFilters): Sql {
  return rowsOf(client, filters, { from: nothing, order: sql`r.name, r.id`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  filters: RewardFilters,
  { from, order, limit }: { from: Sql; order: Sql; limit: Sql },
): Sql {
  return sql`
    select ${columns} from rewards r
    where ${filtered(client, filters)} ${from}
    order by ${order}
    ${limit}`;
}

export async function countRewards(db: Db, client: ClientId, filters: RewardFilters): Promise<number> {
  const [row] = await db.query<{ total: number }>(
    sql`select count(*)::int as total from rewards r where ${filtered(client, filters)}`,
  );
  return row!.total;
}

/** One reward, or null; `lock` keeps it from changing and from being redeemed until the transaction ends. */
export async function findReward(
  db: Db,
  client: ClientId,
  reward: RewardId,
  lock: "for update" | "none" = "none",
): Promise<RewardDto | null> {
  const [row] = await db.query<RewardRow>(sql`
    select ${columns} from rewards r
    where r.client_id = ${client}::uuid and r.id = ${reward}::uuid
    ${lock === "none" ? nothing : sql`for update of r`}`);
  return row === undefined ? null : toReward(row);
}

export async function isRedeemed(db: Db, client: ClientId, reward: RewardId): Promise<boolean> {
  const [row] = await db.query<{ yes: boolean }>(sql`
    select exists (select from redemptions d where d.client_id = ${client}::uuid and d.reward_id = ${reward}::uuid) as yes`);
  return row!.yes;
}

/** The tiers of the client's ladder, by id. */
export async function listLadder(db: Db, client: ClientId): Promise<string[]> {
  const rows = await db.query<{ tierId: string }>(
    sql`select tier_id as "tierId" from tiers where client_id = ${client}::uuid order by tier_order`,
  );
  return rows.map(({ tierId }) => tierId);
}

export async function insertReward(db: Db, client: ClientId, input: RewardCreateInput): Promise<RewardId> {
  const [row] = await db.query<{ id: RewardId }>(sql`
    insert into rewards (client_id, type, name, description, value_data, tier_eligibility, redemption_frequency,
      redemption_quantity, redemption_type, enabled)
    values (${client}::uuid, ${input.value.type}, ${input.name}, ${input.description}, ${JSON.stringify(toValueData(input.value))}::jsonb,
      ${input.tierEligibility}, ${input.redemptionFrequency}, ${input.redemptionQuantity}, ${redemptionTypeOf(input.value.type)}, ${input.enabled})
    returning id`);
  return row!.id;
}

export async function updateReward(
  db: Db,
  client: ClientId,
  reward: RewardId,
  input: RewardCreateInput,
): Promise<void> {
  await db.execute(sql`
    update rewards set type = ${input.value.type}, name = ${input.name}, description = ${input.description},
      value_data = ${JSON.stringify(toValueData(input.value))}::jsonb, tier_eligibility = ${input.tierEligibility},
      redemption_frequency = ${input.redemptionFrequency}, redemption_quantity = ${input.redemptionQuantity},
      redemption_type = ${redemptionTypeOf(input.value.type)}, enabled = ${input.enabled}, updated_at = now()
    where client_id = ${client}::uuid and id = ${reward}::uuid`);
}

/** What so many of a reward cost, exactly, as decimal text; null for a reward without a value in money. */
export async function findCost(
  db: Db,
  client: ClientId,
  reward: RewardId,
  times: number,
): Promise<{ amount: string; each: string } | null> {
  const [row] = await db.query<{ amount: string; each: string }>(sql`
    select (${times}::int * v.each)::text as amount, v.each::text as each
    from (
      select ${moneyValue(sql`r`)} as each from rewards r where r.client_id = ${client}::uuid and r.id = ${reward}::uuid
    ) v
    where v.each is not null`);
  return row ?? null;
}
