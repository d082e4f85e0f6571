/** Starting, ending and reading rehearsals. What happens inside one is the player's. */
import { randomUUID } from "node:crypto";
import { clientSettings } from "../../access/settings.ts";
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId, ImportId, RunId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { refuseUnusable, takeOverSilentRun } from "../service.ts";
import { findActiveRun } from "../sql.ts";
import type { FileChoice } from "./file.ts";
import { Player, type RehearsalDeps } from "./player.ts";
import {
  auditCounts,
  ended,
  endedBy,
  type Ending,
  KEPT_DAYS,
  noNames,
  rehearsalTotals,
  stepsAtEnd,
  waitingSteps,
} from "./rules.ts";
import type { RehearsalEnded, RehearsalStarted } from "./schema.ts";
import * as store from "./sql.ts";

/** A rehearsal that was started, and the promise of its end. */
export type Started = RehearsalStarted & { over: Promise<void> };

/** Another rehearsal that comes to its end just now leaves its place to the next look. */
const ATTEMPTS = 3;

/**
 * Starts a rehearsal in this process: the steps of tonight's run on the real data, in one transaction that is rolled back. One per
 * client, and none while a sync is queued or under way. Throws for a file that a run would not take.
 */
export async function startRehearsal(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  choice: FileChoice,
  deps: RehearsalDeps,
): Promise<Started> {
  const now = deps.now();
  const { started, settings } = await inClient(db, client, async (tx) => ({
    started: await begin(tx, actor, client, choice, now),
    settings: await clientSettings(tx, client),
  }));
  if (started.kind === "busy") return { ...started, over: Promise.resolve() };
  const id = started.rehearsalId;
  // No run has this id: the steps mark with it what they write, and it goes with them.
  const context = { settings, runId: randomUUID() as string as RunId, actor, now };
  const player = new Player({ db, deps, client, id, actor, context, choice });
  const over = playOut(db, actor, client, id, { player, deps });
  remember(db, player, over);
  return { ...started, over };
}

async function begin(
  tx: Db,
  actor: Actor,
  client: ClientId,
  { importId }: FileChoice,
  now: Date,
): Promise<RehearsalStarted> {
  await takeOverSilentRun(tx, actor, client, now);
  if (importId !== undefined) await refuseUnusable(tx, client, importId);
  const run = await findActiveRun(tx, client);
  if (run !== null) return { kind: "busy", by: "sync", runId: run.id, number: run.number };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const running = await store.findRunning(tx, client);
    if (running !== null && !running.isSilent) return { kind: "busy", by: "rehearsal", rehearsalId: running.id };
    if (running !== null) await finish(tx, actor, client, running.id, ended("process_died"), now);
    const steps = waitingSteps();
    const rehearsalId = await store.insertRehearsal(tx, client, {
      by: actor,
      importId: (importId ?? null) as ImportId | null,
      steps,
      totals: rehearsalTotals(steps),
      named: noNames(),
      now,
    });
    if (rehearsalId !== null) return { kind: "started", rehearsalId };
  }
  throw new AppError("conflict", "Other rehearsals were starting and ending at the same moment; try again.");
}

/** A rehearsal may have named a million creators. */
const SWEEP_TIMEOUT_MS = 5 * 60_000;

async function playOut(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  id: string,
  { player, deps }: { player: Player; deps: RehearsalDeps },
): Promise<void> {
  try {
    const ending = await player.play();
    await inClient(db, client, (tx) => finish(tx, actor, client, id, ending, deps.now()));
    const before = new Date(deps.now().getTime() - KEPT_DAYS * 86_400_000);
    await inClient(db, client, (tx) => store.deleteBefore(tx, client, before), { timeoutMs: SWEEP_TIMEOUT_MS });
  } catch (error) {
    // A row without an end is taken for dead after a while, and what is old goes after the next one.
    deps.log.error({ err: error, client, rehearsal: id }, "a rehearsal could not be put away");
  }
}

/** Writes the end of a rehearsal, with its one audit entry; false when somebody else has ended it before. */
async function finish(tx: Db, actor: Actor, client: ClientId, id: string, ending: Ending, now: Date): Promise<boolean> {
  const last = await store.updateEnded(tx, client, id, ending, now);
  if (last === null) return false;
  await store.updateSteps(tx, client, id, stepsAtEnd(last.steps, ending, now));
  await record(tx, actor, client, {
    action: "sync.rehearsed",
    subject: { kind: "rehearsal", id, name: "Rehearsal" },
    after: { outcome: ending.status, ...(ending.failure === null ? {} : { reason: ending.failure.message }) },
    counts: auditCounts(last.totals),
  });
  return true;
}

/** Ends a rehearsal that is under way, wherever it is played. */
export function endRehearsal(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { rehearsalId, now }: { rehearsalId: string; now: Date },
): Promise<RehearsalEnded> {
  return inClient(db, client, async (tx) => {
    const isEnded = await finish(tx, actor, client, rehearsalId, endedBy(actor.name), now);
    if (isEnded) {
      await store.endConnection(tx, client);
      return { kind: "ended" };
    }
    const rehearsal = await store.findRehearsal(tx, client, rehearsalId);
    if (rehearsal === null) throw notFound("This rehearsal");
    return { kind: "over", status: rehearsal.status };
  });
}

const playing = new WeakMap<RootDb, Map<Player, Promise<void>>>();

function remember(db: RootDb, player: Player, over: Promise<void>): void {
  const players = playing.get(db) ?? new Map<Player, Promise<void>>();
  playing.set(db, players.set(player, over));
  void over.finally(() => players.delete(player));
}

/** Ends the rehearsals of this process, which is asked to stop, and waits until they have said so. */
export async function stopRehearsals(db: RootDb, { log }: { log: Log }): Promise<void> {
  const players = [...(playing.get(db) ?? [])];
  if (players.length > 0) log.info({ rehearsals: players.length }, "rehearsals are ended");
  await Promise.all(players.map(([player]) => player.cut(ended("stopped"))));
  await Promise.all(players.map(([, over]) => over));
}

/** Waits until the rehearsals that this process plays now are over. */
export async function rehearsalsOver(db: RootDb): Promise<void> {
  await Promise.all([...(playing.get(db) ?? [])].map(([, over]) => over));
}
