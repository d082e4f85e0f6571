/** What is not kept for ever: names of changes, and the log of what decides eligibility. */
import type { ClientId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { deleteNamesBefore } from "../guards/holds-sql.ts";
import { deleteKeptBefore, sweepLog } from "./kept-sql.ts";
import { monthsBefore } from "./rules.ts";
import { NAMES_KEPT_MONTHS } from "./schema.ts";

/** A first sweep may meet a month of a large programme. */
const SWEEP_TIMEOUT_MS = 5 * 60_000;

/**
 * Lets go of names and log entries older than 13 months; called after every run that went through. What cannot be swept now is
 * swept after the next one: nothing depends on it, so it fails nothing.
 */
export async function sweepHistory(db: RootDb, client: ClientId, { now, log }: { now: Date; log: Log }): Promise<void> {
  const before = monthsBefore(now, NAMES_KEPT_MONTHS);
  try {
    await inClient(
      db,
      client,
      async (tx) => {
        await deleteKeptBefore(tx, client, before);
        await deleteNamesBefore(tx, client, before);
        await sweepLog(tx, client, before, now);
      },
      { timeoutMs: SWEEP_TIMEOUT_MS },
    );
  } catch (error) {
    log.warn({ err: error, client }, "old names of changes could not be swept");
  }
}
