/** A whole night through the inbox: the file is laid there, and a process works on the run that is queued for it. */
import { mkdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { RunDto } from "../server/sync/schema.ts";
import { allVideos, writeCsv } from "./data/daily-file.ts";
import { asOwner, byOwner, type Ground } from "./ground.ts";

const POLL_MS = 100;

/** Puts a file of all videos, one in `of` with new figures, into the client's inbox, old enough to be taken. */
export async function layFile(ground: Ground, number: number, of: number): Promise<void> {
  const folder = join(ground.inboxDir, ground.settings.subdomain);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `night-${number}.csv`);
  await asOwner(ground, (owner) => writeCsv(owner, allVideos(ground.client, number, of), path));
  const earlier = Date.now() / 1000 - 600;
  utimesSync(path, earlier, earlier);
}

/** Switches all guards off: the first night of figures made by SQL would be held, and nobody is there to look at it. */
export async function withoutGuards({ caller, client: clientId }: Ground): Promise<void> {
  const { thresholds } = await caller.guards.get({ clientId });
  const off = Object.fromEntries(Object.keys(thresholds).map((name) => [name, null])) as typeof thresholds;
  await caller.guards.save({ clientId, thresholds: off });
}

/** Queues a sync and waits until some process has brought it to its end. Throws when it did not succeed. */
export async function syncNight(ground: Ground): Promise<RunDto> {
  const { caller, client: clientId } = ground;
  const { runId } = await caller.sync.start({ clientId, inbox: true });
  for (;;) {
    const run = await caller.sync.get({ clientId, runId });
    if (run.status === "succeeded" || run.status === "succeeded_with_warnings") return run;
    if (run.status === "held") throw new Error("The sync is held by a guard, although all are off.");
    if (run.endedAt !== null) throw new Error(`The sync ended as ${run.status}: ${run.error?.message ?? "no reason"}`);
    await wait(POLL_MS);
  }
}

/**
 * Waits until nobody works on a job. Every sync is followed by a look at all data, which at a million takes a core for more than a minute:
 * the next night is a day later, and not in its midst.
 */
export async function untilWorkersRest(ground: Ground): Promise<void> {
  const busy = `select count(*)::int as jobs from graphile_worker.jobs
    where locked_at is not null or (run_at <= now() and attempts < max_attempts)`;
  for (;;) {
    const { rows } = await byOwner(ground, busy);
    if (rows[0].jobs === 0) return;
    await wait(POLL_MS);
  }
}
