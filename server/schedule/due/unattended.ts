/** Missed runs while no scheduler lives: whoever sends news tells them, so that a dead worker is not silent. */
import { authorise } from "../../access/authorise.ts";
import type { Actor } from "../../base/actor.ts";
import type { ClientId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { RootDb } from "../../db/pools.ts";
import { inAccess, inClient } from "../../db/tx.ts";
import { announce } from "../../notifications/announce.ts";
import { isLate, MISSED_AFTER_MS, unclaimed } from "../due-rules.ts";
import * as store from "../sql.ts";

const REASON = "No scheduler is at work: nothing has started it. It is made up for, or left out, once a worker runs.";

/**
 * Puts due times that passed the grace unclaimed into the outbox, under the key that the tick uses: told once, whoever is
 * first. The due times stay unclaimed. One client's trouble leaves the others alone.
 */
export async function announceOverdue(db: RootDb, { now, log }: { now: () => Date; log: Log }): Promise<void> {
  const at = now();
  const due = await inAccess(db, (tx) => store.listDue(tx, new Date(at.getTime() - MISSED_AFTER_MS)));
  for (const { clientId } of due) {
    try {
      const actor: Actor = { kind: "job", name: "missed runs", clientId };
      const { client } = await authorise(db, actor, clientId, "sync:read");
      await announceOverdueOf(db, client, at);
    } catch (error) {
      log.error({ err: error, client: clientId }, "a missed run could not be told");
    }
  }
}

function announceOverdueOf(db: RootDb, client: ClientId, now: Date): Promise<void> {
  return inClient(db, client, async (tx) => {
    const schedule = await store.findSchedule(tx, client);
    // Claimed since it was listed, or silent: a pause is not a missed run.
    if (schedule === null || !(await store.isOverdue(tx, client, now))) return;
    const versions = await store.listVersions(tx, client, schedule.nextDueAt);
    const dueAt = unclaimed(versions, schedule.nextDueAt, now)
      .filter((due) => due.pauseReason === null && isLate(due.dueAt, now))
      .map((due) => due.dueAt.toISOString());
    if (dueAt.length === 0) return;
    const data = { dueAt, reason: REASON, run: null };
    await announce(tx, client, { type: "missed", data, key: `missed:${dueAt[0]}`, at: now });
  });
}
