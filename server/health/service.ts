import { clientSettings } from "../access/settings.ts";
import type { ClientId } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import { inBulk } from "../db/bulk.ts";
import type { RootDb } from "../db/pools.ts";
import { sqlStateOf } from "../db/sql-errors.ts";
import { inClient } from "../db/tx.ts";
import type { Check } from "./check.ts";
import { allChecks } from "./checks.ts";
import { listStanding } from "./mutes/service.ts";
import { healthOf } from "./rules.ts";
import type { HealthDto } from "./schema.ts";
import {
  findChangeSince,
  findFound,
  findRunSince,
  limitStatements,
  listStored,
  upsertFound,
  upsertTrouble,
} from "./sql.ts";

/** A check that takes longer says so: at the end of a sync nobody waits, on the page somebody does. */
const LIMIT_MS = { page: 20_000, sync: 120_000 } as const;

export interface MakeOptions {
  now: Date;
  log: Log;
  /** number of the sync at whose end they are made */
  run?: number | undefined;
  /** those to be made; all unless said otherwise */
  checks?: readonly Check[] | undefined;
  limitMs?: number | undefined;
  /** aborted: no further check is begun */
  stopping?: AbortSignal | undefined;
}

/** A check that time alone may change is made again when its answer is older than this. */
const CLOCK_BOUND_MS = 60_000;

/**
 * What the checks found when they were last made. A check that was never tried, of a new client or a new version, is made first, and
 * so is one that time alone may change.
 */
export async function readHealth(
  db: RootDb,
  client: ClientId,
  { now, log }: Pick<MakeOptions, "now" | "log">,
): Promise<HealthDto> {
  const stored = await inClient(db, client, (tx) => listStored(tx, client));
  const tried = new Map(stored.map(({ code, triedAt }) => [code, triedAt.getTime()]));
  const isDue = ({ code, isClockBound }: Check) => {
    const at = tried.get(code);
    return at === undefined || (isClockBound === true && now.getTime() - at > CLOCK_BOUND_MS);
  };
  const due = allChecks.filter(isDue);
  if (due.length > 0) await makeChecks(db, client, { now, log, checks: due });
  return inClient(
    db,
    client,
    async (tx) => {
      const health = healthOf(allChecks, await listStored(tx, client), await listStanding(tx, client, now));
      const olderThanRun = await findRunSince(tx, client, health.computedAt);
      return { ...health, olderThanRun, olderThanChange: await findChangeSince(tx, client, health.computedAt) };
    },
    { isolation: "repeatable read" },
  );
}

/** Makes every check anew and answers what they find. */
export async function checkNow(
  db: RootDb,
  client: ClientId,
  options: Pick<MakeOptions, "now" | "log">,
): Promise<HealthDto> {
  await makeChecks(db, client, options);
  return readHealth(db, client, options);
}

/**
 * Makes checks and keeps what they find, each in a transaction of its own: one that cannot be made, or takes too long, says so and
 * hides none of the others.
 */
export async function makeChecks(db: RootDb, client: ClientId, options: MakeOptions): Promise<void> {
  // One after the other: all at once they would take the connections and the disk that requests wait for.
  for (const check of options.checks ?? allChecks) {
    if (options.stopping?.aborted === true) return;
    await makeCheck(db, client, check, options);
  }
}

async function makeCheck(db: RootDb, client: ClientId, check: Check, options: MakeOptions): Promise<void> {
  const { now, log, run = null } = options;
  const limitMs = options.limitMs ?? (run === null ? LIMIT_MS.page : LIMIT_MS.sync);
  try {
    await inClient(
      db,
      client,
      async (tx) => {
        await limitStatements(tx, limitMs);
        const health = { settings: await clientSettings(tx, client), now };
        const found = await inBulk(tx, () => findFound(tx, health, check));
        await upsertFound(tx, client, check.code, { found, run, now });
      },
      { timeoutMs: limitMs + 10_000 },
    );
  } catch (error) {
    const isLate = sqlStateOf(error) === QUERY_CANCELED;
    log.warn({ err: error, client, check: check.code }, "a check of data health could not be made");
    await inClient(db, client, (tx) =>
      upsertTrouble(tx, client, check.code, { kind: isLate ? "timed_out" : "failed", now }),
    );
  }
}

const QUERY_CANCELED = "57014";

/**
 * Makes the checks at the end of a sync, whether it succeeded or failed, or when it is held. What it did is committed: whatever goes wrong here is logged and changes nothing of
 * it; the page then says that it is older than the run.
 */
export async function checkAfterRun(
  db: RootDb,
  client: ClientId,
  { now, log, run, stopping }: { now: () => Date; log: Log; run: number; stopping?: AbortSignal | undefined },
): Promise<void> {
  const made = makeChecks(db, client, { now: now(), log, run, stopping }).catch((error: unknown) =>
    log.warn({ err: error, client, run }, "data health could not be checked after the sync"),
  );
  // A process that is asked to stop does not wait for a long check; what the check has begun ends with its connection.
  await (stopping === undefined ? made : Promise.race([made, aborted(stopping)]));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener("abort", () => done(), { once: true });
  });
}
