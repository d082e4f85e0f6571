import type { Actor } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId, RewardId } from "../base/ids.ts";
import { type Page, toPage } from "../base/paging.ts";
import { record } from "../audit/record.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { rewardChange, tierRefusal } from "./rules.ts";
import type { RewardCreateInput, RewardDto, RewardFilters, RewardListInput, RewardUpdateInput } from "./schema.ts";
import {
  countRewards,
  findCost,
  findReward,
  insertReward,
  isRedeemed,
  listLadder,
  listRewards,
  updateReward,
} from "./sql.ts";

/** A page of rewards by name. */
export function rewardPage(db: RootDb, client: ClientId, input: RewardListInput): Promise<Page<RewardDto>> {
  return inClient(db, client, async (tx) =>
    toPage(await listRewards(tx, client, input), input, (row) => [row.name, row.id]),
  );
}

/** How many rewards the filters let through. */
export function rewardCount(db: RootDb, client: ClientId, filters: RewardFilters): Promise<number> {
  return inClient(db, client, (tx) => countRewards(tx, client, filters));
}

/** One reward inside an open transaction; not_found for an id of nobody or of another client. */
export async function rewardOf(tx: Db, client: ClientId, reward: RewardId): Promise<RewardDto> {
  const found = await findReward(tx, client, reward);
  if (found === null) throw notFound("This reward");
  return found;
}

/** The same, or null: for whoever answers an unknown reward as a value. */
export function knownReward(tx: Db, client: ClientId, reward: RewardId): Promise<RewardDto | null> {
  return findReward(tx, client, reward);
}

/** What so many of a reward cost in the client's currency, as decimal text; null without a reward or a value in money. */
export async function rewardCost(
  tx: Db,
  client: ClientId,
  reward: { id: string } | null,
  times: number,
): Promise<{ amount: string; each: string } | null> {
  return reward === null ? null : findCost(tx, client, reward.id as RewardId, times);
}

/** Creates a reward; bad_request when its tier is not in the ladder. */
export function createReward(db: RootDb, actor: Actor, client: ClientId, input: RewardCreateInput): Promise<RewardDto> {
  return inClient(db, client, async (tx) => {
    await refuseUnknownTier(tx, client, input.tierEligibility, null);
    const reward = await rewardOf(tx, client, await insertReward(tx, client, input));
    const { name, value, enabled } = reward;
    await record(tx, actor, client, {
      action: "reward.created",
      subject: { kind: "reward", id: reward.id, name },
      after: { name, value, enabled },
    });
    return reward;
  });
}

/** Changes a reward. Its type stays once somebody has earned it: conflict. An update that changes nothing leaves no trace. */
export function changeReward(db: RootDb, actor: Actor, client: ClientId, input: RewardUpdateInput): Promise<RewardDto> {
  const id = input.rewardId as RewardId;
  return inClient(db, client, async (tx) => {
    const before = await findReward(tx, client, id, "for update");
    if (before === null) throw notFound("This reward");
    await refuseUnknownTier(tx, client, input.tierEligibility, before.tierEligibility);
    if (input.value.type !== before.value.type && (await isRedeemed(tx, client, id))) {
      throw new AppError("conflict", "The type of this reward stays as it is: creators have earned it already.", {
        field: "value.type",
      });
    }
    const change = rewardChange(before, input);
    if (change === null) return before;
    await updateReward(tx, client, id, input);
    await record(tx, actor, client, {
      action: "reward.updated",
      subject: { kind: "reward", id, name: input.name },
      ...change,
    });
    return rewardOf(tx, client, id);
  });
}

async function refuseUnknownTier(tx: Db, client: ClientId, tier: string, standing: string | null): Promise<void> {
  const refusal = tierRefusal(tier, await listLadder(tx, client), standing);
  if (refusal !== null) throw new AppError("bad_request", refusal, { field: "tierEligibility" });
}
