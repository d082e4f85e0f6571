import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import { type Actor, actorId } from "../base/actor.ts";
import type { ClientId, MissionId, RunId, SeedId } from "../base/ids.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import type { Db } from "../db/db.ts";
import type { Repair } from "../db/repair.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient, READING } from "../db/tx.ts";
import { knownMissions } from "../missions/service.ts";
import { seedOrQueue } from "./jobs/queue.ts";
import { refuseAbove, repairRefusal, seedSentence, skippedByReason, sourceOf } from "./rules.ts";
import type { SeedDto, SeedResultDto, SeedRunDto, SeedRunInput } from "./schema.ts";
import { countPairs, creatablePairs, insertEligible, insertMissed, insertSeed, type PairCounts } from "./sql.ts";

/** How much may be done before the caller, and the clock of whoever asked. */
export interface Reach {
  /** so many pairs are created; of more, none */
  atMost: number;
  now: Date;
}

export interface SeedOrder {
  /** null: all missions of the client */
  missions: readonly MissionId[] | null;
  source: SeedDto["source"];
  runId?: RunId | undefined;
  /** the preview that promised it */
  planId?: string | undefined;
  /** what the audit entry calls the missions */
  name: string;
  /** throws `TooManyPairs` where there are more to create */
  atMost?: number | undefined;
}

/**
 * Creates every missing row of eligible creators (domain reference, section 4), or queues a job where they are too many to wait
 * for; not_found for a mission of nobody, conflict while a job seeds something else.
 */
export async function runSeed(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: SeedRunInput,
  reach: Reach,
): Promise<SeedRunDto> {
  const { missionIds } = input;
  const asked = { request: { kind: "run", missionIds } as const, now: reach.now };
  const answer = await seedOrQueue(db, actor, client, asked, (tx) => seedChosen(tx, actor, client, input, reach));
  if (!("kind" in answer)) return answer;
  const missions = (missionIds ?? null) as MissionId[] | null;
  const pairs = await inClient(db, client, (tx) => countPairs(tx, client, missions), READING);
  const { alreadySeeded, notEligible, unknown } = pairs;
  return { seedId: null, created: 0, alreadySeeded, notEligible, unknown, jobId: answer.jobId };
}

/** The same inside an open transaction, without the job. */
export async function seedChosen(
  tx: Db,
  actor: Actor,
  client: ClientId,
  input: SeedRunInput,
  { atMost }: Reach,
): Promise<SeedResultDto> {
  const chosen = input.missionIds === undefined ? null : await knownMissions(tx, client, input.missionIds);
  const { result } = await seedMissions(tx, actor, client, {
    missions: chosen === null ? null : chosen.map(({ id }) => id),
    source: sourceOf(actor),
    name: chosen === null ? "all missions" : chosen.map(({ name }) => name).join(", "),
    atMost,
  });
  return result;
}

/** Seeds what an order names. A seeding that creates nothing writes neither a seed nor an audit entry. */
export async function seedMissions(
  tx: Db,
  actor: Actor,
  client: ClientId,
  order: SeedOrder,
): Promise<{ result: SeedResultDto; pairs: PairCounts }> {
  const pairs = await countPairs(tx, client, order.missions);
  refuseAbove(order.atMost ?? Number.POSITIVE_INFINITY, pairs.willCreate, order.name);
  const { id, created } = await write(tx, actor, client, order, pairs, (seed) =>
    insertEligible(tx, client, { id: seed, missions: order.missions }),
  );
  const counts = { alreadySeeded: pairs.alreadySeeded, notEligible: pairs.notEligible, unknown: pairs.unknown };
  return { result: { seedId: created > 0 ? id : null, created, ...counts }, pairs };
}

/** Creates the rows that seedings have missed, by judging every pair anew; answers how many: none, unless there is a bug. */
export async function reconcileMissions(tx: Db, actor: Actor, client: ClientId): Promise<number> {
  const order: SeedOrder = { missions: null, source: sourceOf(actor), name: "all missions" };
  const pairs = await countPairs(tx, client, null);
  const { created } = await write(tx, actor, client, order, pairs, (seed) => insertMissed(tx, client, seed));
  return created;
}

/** Inserts rows and writes down whose they are. */
async function write(
  tx: Db,
  actor: Actor,
  client: ClientId,
  order: SeedOrder,
  counts: PairCounts,
  insert: (seed: SeedId) => Promise<number>,
): Promise<{ id: SeedId; created: number }> {
  const id = randomUUID() as string as SeedId;
  const created = await insert(id);
  if (created === 0) return { id, created };
  await insertSeed(tx, client, {
    id,
    source: order.source,
    byName: actor.name,
    byId: actorId(actor),
    missions: order.missions,
    runId: order.runId ?? null,
    planId: order.planId ?? null,
    created,
    counts,
  });
  const { alreadySeeded, notEligible, unknown } = counts;
  await record(tx, actor, client, {
    action: "missions.seeded",
    subject: { kind: "seed", id, name: order.name },
    counts: { created, alreadySeeded, notEligible, unknown },
  });
  return { id, created };
}

/**
 * The pairs of all missions that have no row yet, as a set that can be seeded; the seeding writes its own audit entry. More than
 * `atMost` are the matter of a job, which asks for them itself.
 */
export function seedRepair(actor: Actor, client: ClientId, atMost: number): Repair {
  return {
    concerned: creatablePairs(client),
    // Data health finds pairs by the definition, so they are seeded by it: also what counts and log should have missed.
    apply: (tx) => reconcileMissions(tx, actor, client),
    refusal: (count) => repairRefusal(atMost, count),
  };
}

/** Step 5 of a sync: seeds all missions, also for creators who came or rose in the steps before it. */
export async function seedStep(tx: Db, step: StepContext): Promise<StepOutcome> {
  const { result, pairs } = await seedMissions(tx, step.actor, step.settings.id, {
    missions: null,
    source: "sync",
    runId: step.runId,
    name: "all missions",
  });
  return {
    rowsIn: pairs.willCreate,
    rowsOut: result.created,
    skipped: skippedByReason(pairs),
    counts: { created: result.created },
    message: seedSentence({ ...pairs, created: result.created }),
    warnings: 0,
  };
}
