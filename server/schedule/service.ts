import { basename } from "node:path";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { newestFileOf } from "../imports/inbox.ts";
import { clientSettings } from "../access/settings.ts";
import { startRun } from "../sync/service.ts";
import { cronWords, nextOccurrences } from "./rules.ts";
import type { DueStarted, ScheduleDto } from "./schema.ts";
import { claimDue, findSchedule, insertSchedule } from "./sql.ts";

/** Every night at four: after the day's export, before anybody works. */
export const DEFAULT_CRON = "0 4 * * *";
/** A due time this old without a claim was missed: the tick looks every minute. */
const MISSED_AFTER_MS = 5 * 60_000;

/** Gives a new client the default schedule, every night at 04:00 in its own time zone. */
export async function ensureSchedule(tx: Db, client: ClientId, timezone: string, now: Date): Promise<void> {
  const [nextDueAt] = nextOccurrences(DEFAULT_CRON, timezone, now, 1);
  await insertSchedule(tx, client, { cron: DEFAULT_CRON, timezone, nextDueAt: nextDueAt! });
}

/**
 * Claims a due time of a client and starts the run it stands for, in one transaction: of any number of processes one succeeds,
 * the others get `taken`. A client that is busy keeps its run; the time is passed over with an audit entry.
 * Several times missed while nothing ran are one run; the next due time is the first after now.
 */
export function startDue(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  due: { dueAt: Date; now: Date },
): Promise<DueStarted> {
  if (actor.kind !== "job") {
    return Promise.reject(new AppError("forbidden", "Only the scheduler starts due runs; start a sync of your own."));
  }
  return inClient(db, client, async (tx) => {
    const schedule = await findSchedule(tx, client);
    if (schedule === null) throw notFound("This schedule");
    const [nextDueAt] = nextOccurrences(schedule.cron, schedule.timezone, due.now, 1);
    if (nextDueAt === undefined) throw new Error(`the schedule "${schedule.cron}" is never due again`);
    if (!(await claimDue(tx, client, { ...due, nextDueAt }))) return { kind: "taken" };
    const started = await startRun(tx, actor, client, { inbox: true, now: due.now, scheduledFor: due.dueAt });
    if (started.kind === "busy") {
      await record(tx, actor, client, {
        action: "sync.skipped",
        subject: { kind: "sync", id: started.runId, name: `Sync ${started.number}` },
        after: { dueAt: due.dueAt.toISOString(), reason: skippedBecause(started) },
      });
    }
    return started;
  });
}

/** Why a due time started nothing. */
function skippedBecause({ number, isHeld }: { number: number; isHeld?: true }): string {
  return isHeld === true
    ? `Sync ${number} is held: an owner has to release or discard it.`
    : `Sync ${number} was still under way.`;
}

/** The client's schedule in words, its next five due times and what waits in its inbox. */
export async function getSchedule(
  db: RootDb,
  client: ClientId,
  where: { inboxDir: string; now: Date },
): Promise<ScheduleDto> {
  const { schedule, settings } = await inClient(db, client, async (tx) => ({
    schedule: await findSchedule(tx, client),
    settings: await clientSettings(tx, client),
  }));
  if (schedule === null) throw notFound("This schedule");
  const { cron, timezone, enabled, nextDueAt } = schedule;
  const rest = nextOccurrences(cron, timezone, nextDueAt, 4);
  return {
    cron,
    words: cronWords(cron),
    timezone,
    enabled,
    nextDueAt,
    next: [nextDueAt, ...rest],
    isMissed: enabled && where.now.getTime() - nextDueAt.getTime() > MISSED_AFTER_MS,
    inbox: {
      // Relative: the machine's own paths are nobody's business on the web.
      folder: `${basename(where.inboxDir)}/${settings.subdomain}`,
      newestFile: await newestFileOf(db, settings, where),
    },
  };
}
