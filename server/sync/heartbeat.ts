import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import type { Lease } from "./sql.ts";
import { holdLease } from "./sql.ts";

const HEARTBEAT_MS = 5_000;

/** Says every 5 s, on a connection of its own, that the process that holds the lease is alive. `stop` waits for the last word. */
export function startHeartbeat(
  db: RootDb,
  lease: Lease,
  options: { log: Log; heartbeatMs?: number | undefined },
): { stop: () => Promise<void> } {
  let beating: Promise<void> = Promise.resolve();
  let isBeating = false;
  const beat = async () => {
    isBeating = true;
    try {
      await inClient(db, lease.client, (tx) => holdLease(tx, lease));
    } catch (error) {
      // One missed beat does no harm; a database that stays away fails the step itself.
      options.log.warn({ err: error, client: lease.client, run: lease.run }, "a heartbeat was missed");
    }
    isBeating = false;
  };
  const timer = setInterval(() => {
    if (!isBeating) beating = beat();
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      await beating;
    },
  };
}
