import { clientSettings } from "../access/settings.ts";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { counted } from "../base/text.ts";
import { alignCheckpoints } from "../creators/tier-columns.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { auditedTier, checkpointsToAlign, ladderFault, newTierIds } from "./rules.ts";
import type { LadderDto, TierDto, TiersUpdateInput } from "./schema.ts";
import {
  countUnknownCreators,
  deleteTiers,
  listNamedTiers,
  listNames,
  listTiers,
  lockTier,
  lockTiers,
  type TierToWrite,
  updateOrdersAside,
  upsertTier,
} from "./sql.ts";

/** The client's ladder, lowest first, and how many creators it does not know. */
export function getLadder(db: RootDb, client: ClientId): Promise<LadderDto> {
  return inClient(db, client, (tx) => ladder(tx, client));
}

/** The names of the ladder's tiers by id, inside a transaction. */
export async function tierNames(tx: Db, client: ClientId): Promise<ReadonlyMap<string, string>> {
  return new Map((await listNames(tx, client)).map(({ tierId, tierName }) => [tierId, tierName]));
}

/** Keeps a tier as it is until the transaction ends; bad_request where the ladder does not have it. */
export async function holdTier(tx: Db, client: ClientId, tierId: string): Promise<void> {
  if (await lockTier(tx, client, tierId)) return;
  throw new AppError("bad_request", "This tier is not in the ladder.", { field: "tierId" });
}

async function ladder(tx: Db, client: ClientId): Promise<LadderDto> {
  return { tiers: await listTiers(tx, client), unknownCreators: await countUnknownCreators(tx, client) };
}

interface Who {
  actor: Actor;
  client: ClientId;
  now: Date;
}

/**
 * Replaces the whole ladder. bad_request for thresholds that are missing or do not rise, conflict for a removed tier that creators
 * or missions still name. Creators' checkpoints follow a changed exempt flag in the same transaction (domain reference, section 10).
 */
export function updateLadder(db: RootDb, who: Who, input: TiersUpdateInput): Promise<LadderDto> {
  return inClient(db, who.client, (tx) => setLadder(tx, who, input));
}

/** The same inside a transaction that does more: a client is created together with its ladder. */
export async function setLadder(tx: Db, { actor, client, now }: Who, input: TiersUpdateInput): Promise<LadderDto> {
  const settings = await clientSettings(tx, client);
  const fault = ladderFault(input.tiers, settings.vipMetric);
  if (fault !== null) throw new AppError("bad_request", fault.message, { field: fault.field });
  await lockTiers(tx, client);
  const before = await listTiers(tx, client);
  await writeLadder(tx, client, before, input);
  const after = await ladder(tx, client);
  const concerned = await alignCheckpoints(tx, settings, checkpointsToAlign(before, after.tiers), now);
  const change = { before: before.map(auditedTier), after: after.tiers.map(auditedTier) };
  if (JSON.stringify(change.before) !== JSON.stringify(change.after)) {
    await record(tx, actor, client, {
      action: "tiers.updated",
      before: { tiers: change.before },
      after: { tiers: change.after },
      counts: { checkpointsMoved: concerned },
    });
  }
  return after;
}

async function writeLadder(
  tx: Db,
  client: ClientId,
  before: readonly TierDto[],
  input: TiersUpdateInput,
): Promise<void> {
  const named = await listNamedTiers(tx, client);
  const ids = newTierIds(input.tiers, new Set(named.map((tier) => tier.tierId)));
  const removed = before.filter((tier) => !input.tiers.some((kept) => kept.tierId === tier.tierId));
  for (const tier of removed) refuseIfNamed(tier, named);
  await deleteTiers(
    tx,
    client,
    removed.map((tier) => tier.tierId),
  );
  await updateOrdersAside(tx, client);
  const written: TierToWrite[] = input.tiers.map((tier, index) => ({
    ...tier,
    tierId: ids[index]!,
    tierOrder: index + 1,
  }));
  for (const tier of written) await upsertTier(tx, client, tier);
}

function refuseIfNamed(tier: TierDto, named: Awaited<ReturnType<typeof listNamedTiers>>): void {
  const uses = named.find((use) => use.tierId === tier.tierId);
  if (uses === undefined) return;
  const parts = [
    ...(uses.creators === 0 ? [] : [counted(uses.creators, "creator")]),
    ...(uses.missions === 0 ? [] : [counted(uses.missions, "mission")]),
  ];
  throw new AppError("conflict", `${tier.tierName} cannot be removed: ${parts.join(" and ")} still name it.`, {
    field: "tiers",
    details: { tierId: tier.tierId, creators: uses.creators, missions: uses.missions },
  });
}
