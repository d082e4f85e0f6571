import { inBulk } from "../../db/bulk.ts";
import { type Db, nothing, sql } from "../../db/db.ts";
import type { StepOutcome } from "../../base/step.ts";
import type { StepName } from "../schema.ts";
import { insertKept } from "./kept-sql.ts";
import { keptAfter } from "./rules.ts";
import type { ChangeKind, KeptKind, SeededMission } from "./schema.ts";
import { changesOf, closeCursor, countSeeded, fetchCursor, openCursor, sumOwed } from "./sql.ts";
import type { ReadChange, RunMark } from "./sql.ts";

/** The kinds of changes that can be read once a step is done. */
export const changesAfter: Partial<Record<StepName, readonly ChangeKind[]>> = {
  import: ["created"],
  tiers: ["promoted", "demoted"],
  seed: ["seeded"],
  progress: ["completed"],
  redemptions: ["redemption"],
};

/**
 * Reads the changes of one kind in their order, a thousand at a time, however many there are: all, or the first `atMost`.
 * One reader in a transaction at a time; a reader that stops early leaves its cursor to the transaction's end.
 */
export async function* readChanges(
  tx: Db,
  kind: ChangeKind | KeptKind,
  of: RunMark,
  atMost: number | null = null,
): AsyncGenerator<ReadChange[]> {
  const limit = atMost === null ? nothing : sql` limit ${atMost}::int`;
  await inBulk(tx, () => openCursor(tx, sql`${changesOf(kind, of)}${limit}`));
  for (;;) {
    const batch = await fetchCursor(tx);
    if (batch.length === 0) break;
    yield batch;
  }
  await closeCursor(tx);
}

/** Keeps by name what a step has just changed, in its own transaction: what it counted is what is named. */
export async function keepChanges(tx: Db, step: StepName, outcome: StepOutcome, of: RunMark): Promise<void> {
  for (const kind of keptAfter(step, outcome.counts)) await inBulk(tx, () => insertKept(tx, kind, of));
}

/** How many rows a run created of each mission, in the missions' order. */
export function seededByMission(tx: Db, of: RunMark): Promise<SeededMission[]> {
  return countSeeded(tx, of);
}

/** What a run's redemptions are worth together, in the client's money, and how many have no price. */
export function owedBy(tx: Db, of: RunMark): Promise<{ value: string; withoutPrice: number }> {
  return sumOwed(tx, of);
}
