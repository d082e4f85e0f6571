import { clientSettings } from "../../access/settings.ts";
import type { ClientId, RewardId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import type { WhatIf } from "../../eligibility/schema.ts";
import type { SavedTerms } from "../../eligibility/what-if/rules.ts";
import { checkedTerms, judgedNumbers, ladderOf, relaxHints } from "../../eligibility/what-if/service.ts";
import { addMission } from "../../missions/service.ts";
import { knownReward, rewardCost } from "../../rewards/service.ts";
import { nearMissCounts } from "../near-misses/service.ts";
import { type Draft, draftFaults, draftMission, draftOf, isGoalGood } from "./rules.ts";
import type { DraftDto, DraftFault, DraftInput } from "./schema.ts";

/** A draft that stands in the transaction as a mission and can be judged. */
interface Judgeable {
  missionId: string;
  saved: SavedTerms;
  whatIf: WhatIf;
  draft: Draft;
  faults: DraftFault[];
}

/**
 * What a seed would do if this form were saved and the mission enabled; nothing stays of the question. What keeps the form from
 * being saved is answered as values. not_found for a mission of nobody.
 */
export function previewDraft(db: RootDb, client: ClientId, input: DraftInput, now: Date): Promise<DraftDto> {
  const { missionId } = input;
  return missionId === undefined
    ? withoutTrace(db, client, async (tx) => judge(tx, client, input, await newMission(tx, client, input), now))
    : inClient(
        db,
        client,
        async (tx) => judge(tx, client, input, await standingMission(tx, client, missionId, input), now),
        READING,
      );
}

/** A new mission is written, so that the one definition judges it as it judges any other; it goes with the transaction. */
async function newMission(tx: Db, client: ClientId, input: DraftInput): Promise<Judgeable> {
  const draft = draftOf(input);
  const faults = draftFaults(draft, await ladderOf(tx, client), null);
  const missionId = await addMission(tx, client, draftMission(draft, faults));
  return { missionId, saved: await checkedTerms(tx, client, { missionId }), whatIf: {}, draft, faults };
}

/** A mission that stands is judged under the form's terms, with the rows that it has. Its type is final, whatever the form says. */
async function standingMission(tx: Db, client: ClientId, missionId: string, input: DraftInput): Promise<Judgeable> {
  const saved = await checkedTerms(tx, client, { missionId });
  const draft = draftOf({ ...input, missionType: saved.missionType });
  const faults = draftFaults(draft, saved.ladder, saved);
  const whatIf: WhatIf = {
    enabled: true,
    tierEligibility: draft.tierEligibility,
    ...(isGoalGood(faults) ? { targetValue: draft.targetValue } : {}),
  };
  return { missionId, saved, whatIf, draft, faults };
}

async function judge(tx: Db, client: ClientId, input: DraftInput, mission: Judgeable, now: Date): Promise<DraftDto> {
  const { missionId, saved, whatIf } = mission;
  const numbers = await judgedNumbers(tx, client, { missionId, whatIf });
  const { counts, byReason, byTier } = numbers;
  const { currency } = await clientSettings(tx, client);
  const { reward, faults } = await rewardOfDraft(tx, client, input);
  const cost = await rewardCost(tx, client, reward, counts.willCreate);
  return {
    computedAt: now,
    faults: [...mission.faults, ...faults],
    counts,
    byReason,
    byTier,
    rewardCeiling: cost === null ? null : { ...cost, currency },
    relax: await relaxHints(tx, client, { missionId, saved, whatIf }, numbers),
    nearMisses: input.nearMisses ? await nearMissesOf(tx, client, mission, now) : null,
  };
}

async function rewardOfDraft(
  tx: Db,
  client: ClientId,
  { rewardId }: DraftInput,
): Promise<{ reward: { id: string } | null; faults: DraftFault[] }> {
  const reward = rewardId === null ? null : await knownReward(tx, client, rewardId as RewardId);
  const isLost = rewardId !== null && reward === null;
  return { reward, faults: isLost ? [{ field: "rewardId", message: "This reward was not found." }] : [] };
}

async function nearMissesOf(
  tx: Db,
  client: ClientId,
  { missionId, whatIf, draft, faults }: Judgeable,
  now: Date,
): Promise<DraftDto["nearMisses"]> {
  const hasTarget = draft.missionType !== "raffle" && isGoalGood(faults);
  const near = (kind: "tier" | "target") => nearMissCounts(tx, client, { missionId, whatIf, kind }, now);
  return { tier: await near("tier"), target: hasTarget ? await near("target") : null };
}

/** Thrown to end a transaction that was never meant to stay, with its answer. */
class RolledBack<T> extends Error {
  readonly answer: T;
  constructor(answer: T) {
    super("rolled back on purpose");
    this.answer = answer;
  }
}

/** Runs `work` in a transaction that is rolled back whatever happens, and answers what it found. */
async function withoutTrace<T>(db: RootDb, client: ClientId, work: (tx: Db) => Promise<T>): Promise<T> {
  try {
    return await inClient<never>(
      db,
      client,
      async (tx) => {
        // What is taken back is no write, and ends nobody's rehearsal.
        await tx.execute(sql`set local app.is_draft = 'on'`);
        throw new RolledBack(await work(tx));
      },
      READING,
    );
  } catch (error) {
    if (error instanceof RolledBack) return (error as RolledBack<T>).answer;
    throw error;
  }
}
