/** A step played under its guards: what is out of proportion leaves by name on another connection, and the step is rolled back. */
import type { ImportId } from "../../base/ids.ts";
import type { StepContext, StepOutcome } from "../../base/step.ts";
import { counted } from "../../base/text.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { countOfKind } from "../changes/rules.ts";
import type { KeptKind } from "../changes/schema.ts";
import { keepChanges, readChanges } from "../changes/service.ts";
import type { RunMark } from "../changes/sql.ts";
import type { StepName } from "../schema.ts";
import { holdLease, type Lease } from "../sql.ts";
import { LeaseLost, type SyncStep } from "../step-types.ts";
import * as holds from "./holds-sql.ts";
import { measureAfter, measureBefore } from "./measures.ts";
import { stillHolds, tripsOf, tripSentence } from "./rules.ts";
import { type GuardName, MOST_NAMED, type Trip } from "./schema.ts";
import { savedThresholds } from "./service.ts";

/** Thrown out of the step's transaction, which takes everything back: the run is to be held. */
export class StepHeld extends Error {
  readonly rowsIn: number;
  readonly sentences: readonly string[];

  constructor(rowsIn: number, sentences: readonly string[]) {
    const more = sentences.length - 1;
    super(more === 0 ? sentences[0] : `${sentences[0]} And ${counted(more, "guard")} more tripped.`);
    this.name = "StepHeld";
    this.rowsIn = rowsIn;
    this.sentences = sentences;
  }
}

export interface GuardedStep {
  /** for what outlives the step's transaction */
  db: RootDb;
  tx: Db;
  context: StepContext;
  /** what is written outside of the step is written by nobody who has lost the run */
  lease: Lease;
}

/** Runs a step in its open transaction and keeps its changes by name. Throws `StepHeld` when a guard trips. */
export async function runGuarded(
  { db, tx, context, lease }: GuardedStep,
  step: SyncStep,
  importId: ImportId | null,
): Promise<StepOutcome> {
  const mark: RunMark = { client: context.settings.id, runId: context.runId, now: context.now };
  const thresholds = await savedThresholds(tx, mark.client);
  const before = await measureBefore(tx, step.name, context, importId, thresholds);
  const outcome = await step.run(tx, context, importId);
  const measures = [...before, ...(await measureAfter(tx, step.name, context, importId, outcome))];
  const trips = tripsOf(measures, thresholds);
  if ((await unreleased(tx, mark, step.name, trips)).length > 0) {
    // All that tripped, also what was let pass before: the owner's next word is about all of it.
    await writeHold({ db, tx, context, lease }, mark, { step: step.name, trips, outcome });
    const sentences = trips.map((trip) => tripSentence(trip, context.settings.currency));
    throw new StepHeld(outcome.rowsIn, sentences);
  }
  await keepChanges(tx, step.name, outcome, mark);
  return outcome;
}

/** What a guard is about, where that has names. */
const kindOf: Partial<Record<GuardName, KeptKind>> = {
  created: "created",
  demoted: "demoted",
  redemptions: "redemption",
  redemptions_value: "redemption",
};

/** What of it no owner has let pass: more than was shown, or others than those who were named. */
async function unreleased(tx: Db, mark: RunMark, step: StepName, trips: Trip[]): Promise<Trip[]> {
  if (trips.length === 0) return trips;
  const released = (await holds.listHolds(tx, mark.client, mark.runId)).filter(
    (hold) => hold.decision === "released" && hold.step === step,
  );
  const last = released.at(-1);
  if (last === undefined) return trips;
  const unseen = new Map<GuardName, number>();
  for (const { guard } of trips) {
    const kind = kindOf[guard];
    // Beyond the names that were kept, only the number can say whether it is more.
    if (kind === undefined || (last.named[kind] ?? 0) >= MOST_NAMED) continue;
    unseen.set(guard, await holds.countUnseen(tx, mark, { number: last.number, kind }));
  }
  return stillHolds(trips, last.trips, unseen);
}

/** Writes what tripped and the names, committed for themselves: they stay when the step is rolled back. */
async function writeHold(
  { db, tx, lease }: GuardedStep,
  { client, runId, now }: RunMark,
  held: { step: StepName; trips: readonly Trip[]; outcome: StepOutcome },
): Promise<void> {
  const { step, trips, outcome } = held;
  const hold = { step, trips, counts: outcome.counts, now };
  const write = <T>(work: (other: Db) => Promise<T>) =>
    inClient(db, client, async (other) => {
      if (!(await holdLease(other, lease))) throw new LeaseLost();
      return work(other);
    });
  const number = await write((other) => holds.insertHold(other, client, runId, hold));
  const named: Partial<Record<KeptKind, number>> = {};
  for (const kind of kindsOf(step, outcome)) {
    let count = 0;
    for await (const changes of readChanges(tx, kind, { client, runId, now }, MOST_NAMED)) {
      const of = { run: runId, number, kind, from: count + 1 };
      await write((other) => holds.insertNames(other, client, of, changes));
      count += changes.length;
    }
    named[kind] = count;
  }
  await write((other) => holds.updateNamed(other, client, { run: runId, number }, named));
}

/** The kinds that the step tells by name, maintained creators apart: nobody has to look at who stays. */
function kindsOf(step: StepName, { counts }: StepOutcome): KeptKind[] {
  const kinds = Object.entries(countOfKind) as [KeptKind | "seeded", readonly [StepName, string]][];
  return kinds.flatMap(([kind, [of, count]]) =>
    of === step && kind !== "seeded" && kind !== "maintained" && (counts[count] ?? 0) > 0 ? [kind] : [],
  );
}
