/** Looks every few seconds, in every process that works, for runs and large seedings whose process fell silent. */
import type { Actor } from "../../base/actor.ts";
import type { Log } from "../../base/log.ts";
import type { RootDb } from "../../db/pools.ts";
import { inAccess, inClient } from "../../db/tx.ts";
import { lookAfterJobs } from "../../seeding/jobs/watch.ts";
import * as runs from "../sql.ts";
import { SILENT_AFTER_MS, WATCH_MS } from "./rules.ts";
import * as store from "./sql.ts";
import { takeOverIfSilent } from "./takeover.ts";

export interface WatchOptions {
  now: () => Date;
  log: Log;
  silentAfterMs?: number | undefined;
  watchMs?: number | undefined;
}

/**
 * Takes silent runs of all clients over and queues again those whose job got lost with its process. Answers how many were taken
 * from a process. One client's trouble is logged and leaves the others alone.
 */
export async function lookAfterRuns(db: RootDb, options: WatchOptions): Promise<number> {
  const silent = await inAccess(db, (tx) => store.listSilentRuns(tx, options.silentAfterMs ?? SILENT_AFTER_MS));
  let taken = 0;
  // A loop over clients, of which few have a silent run: each is dealt with inside its own client.
  for (const run of silent) {
    try {
      if (await lookAfter(db, run, options)) taken += 1;
    } catch (error) {
      options.log.error(
        { err: error, client: run.clientId, run: run.runId },
        "a run without a sign of life could not be looked after",
      );
    }
  }
  return taken;
}

/** True when the run was taken from a process. */
function lookAfter(db: RootDb, { clientId, runId, status }: store.SilentRun, options: WatchOptions): Promise<boolean> {
  const actor: Actor = { kind: "job", name: "sync watch", clientId };
  const silentAfterMs = options.silentAfterMs ?? SILENT_AFTER_MS;
  return inClient(db, clientId, async (tx) => {
    if (status === "running") {
      const outcome = await takeOverIfSilent(tx, actor, clientId, runId, { now: options.now(), silentAfterMs });
      if (outcome !== "alive") {
        options.log.warn({ client: clientId, run: runId, outcome }, "a run had lost its process");
        return true;
      }
    } else if (await store.touchQueuedRun(tx, clientId, runId, silentAfterMs)) {
      await runs.enqueueRun(tx, runId);
      return false;
    }
    // Silent all the same: a process that was paused with the run's row in its hands loses its connection; the next look has it.
    if (await store.isSilent(tx, clientId, runId, silentAfterMs)) await runs.stopWork(tx, runId, { gently: false });
    return false;
  });
}

/** Starts looking; `stop` waits for the last look. */
export function startWatch(db: RootDb, options: WatchOptions): { stop: () => Promise<void> } {
  let looking: Promise<void> | null = null;
  const look = () => {
    // A look that takes long is not overtaken by the next, and one half's trouble does not end the other.
    looking ??= Promise.allSettled([lookAfterRuns(db, options), lookAfterJobs(db, options)]).then(
      ([runLook, jobLook]) => {
        looking = null;
        tell(options.log, runLook, "runs could not be looked after");
        tell(options.log, jobLook, "large seedings could not be looked after");
      },
    );
  };
  look();
  const timer = setInterval(look, options.watchMs ?? WATCH_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

function tell(log: Log, half: PromiseSettledResult<number>, trouble: string): void {
  if (half.status === "rejected") log.warn({ err: half.reason as unknown }, trouble);
}
