import type { Actor } from "../../base/actor.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import { announceRunEnd } from "../../notifications/announce.ts";
import { appendEvent } from "../sql.ts";
import type { StepDto } from "../schema.ts";

export interface HeldRun {
  id: RunId;
  number: number;
  step: StepDto;
  /** what tripped, a sentence each */
  sentences: readonly string[];
  by: Actor;
}

/**
 * Tells that a run is held, in the transaction that holds it: whoever is to hear of it outside the console is told here, by a row
 * in this transaction.
 */
export async function tellHeld(tx: Db, client: ClientId, run: HeldRun, now: Date): Promise<void> {
  const state = { status: "held" as const, error: null };
  await appendEvent(tx, client, run.id, { type: "run_held", step: run.step, run: state, now });
  const error = { code: "held", message: run.sentences.join(" ") };
  await announceRunEnd(tx, client, run.id, { status: "held", error }, now);
}
