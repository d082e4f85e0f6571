import type { ClientId } from "../base/ids.ts";
import { type Page, pageStart, toPage } from "../base/paging.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import { counted } from "../base/text.ts";
import { inBulk } from "../db/bulk.ts";
import type { Db } from "../db/db.ts";
import type { Repair } from "../db/repair.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { fromValueData } from "../rewards/rules.ts";
import type { RedemptionDto, RedemptionListInput } from "./schema.ts";
import {
  countRedemptions,
  countWithoutReward,
  insertOwed,
  listRedemptions as listRows,
  owedByName,
  type RedemptionFilters,
  type RedemptionRow,
  sumOwed,
} from "./sql.ts";

/**
 * Step 8: one claimable redemption for every completed row that has none. Earned is earned: a mission switched off or a reward
 * disabled since then changes nothing. Rows of a mission without a reward wait for one (domain reference, section 7).
 */
export async function redemptionsStep(tx: Db, step: StepContext): Promise<StepOutcome> {
  const redemptions = await inBulk(tx, () => insertOwed(tx, step.settings.id, { runId: step.runId, now: step.now }));
  const withoutReward = await countWithoutReward(tx, step.settings.id);
  const waiting = withoutReward === 0 ? "" : `, ${counted(withoutReward, "completed row")} without a reward`;
  return {
    rowsIn: redemptions + withoutReward,
    rowsOut: redemptions,
    skipped: withoutReward === 0 ? {} : { no_reward: withoutReward },
    counts: { redemptions },
    message: `${redemptions === 0 ? "No redemptions to create" : `${counted(redemptions, "redemption")} created`}${waiting}`,
    warnings: 0,
  };
}

/** The redemptions that completed rows are owed, as a set that can be created outside of a sync. */
export function owedRepair(client: ClientId, now: Date): Repair {
  return {
    concerned: owedByName(client),
    apply: (tx) => inBulk(tx, () => insertOwed(tx, client, { runId: null, now })),
  };
}

/** How many redemptions that would be, and what they are worth in the client's money. */
export function owedInAll(tx: Db, client: ClientId): Promise<{ redemptions: number; value: string }> {
  return inBulk(tx, () => sumOwed(tx, client));
}

/** A page of redemptions, newest first. */
export function listRedemptions(
  db: RootDb,
  client: ClientId,
  input: RedemptionListInput,
): Promise<Page<RedemptionDto>> {
  return inClient(db, client, async (tx) => {
    const rows = await listRows(tx, client, input, { ...pageStart(input, ["instant", "uuid"]), limit: input.limit });
    const page = toPage(rows, input, (row) => [row.createdKey, row.id]);
    return { ...page, rows: page.rows.map(toDto) };
  });
}

/** How many redemptions the filters leave. */
export function countOfRedemptions(db: RootDb, client: ClientId, filters: RedemptionFilters): Promise<number> {
  return inClient(db, client, (tx) => countRedemptions(tx, client, filters));
}

function toDto(row: RedemptionRow): RedemptionDto {
  const { rewardType, valueData, createdKey: _key, ...redemption } = row;
  return { ...redemption, rewardValue: fromValueData({ type: rewardType, valueData }) };
}
