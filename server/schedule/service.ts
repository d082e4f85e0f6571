/** The schedule as people see and set it. What happens when it is due stands in due/. */
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { clientSettings } from "../access/settings.ts";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { addDays, dayOf } from "../base/days.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { newestFileOf } from "../imports/inbox.ts";
import { calendarOf } from "./calendar-rules.ts";
import { clockChanges } from "./clock-rules.ts";
import { dueTimes, isLate, unclaimed } from "./due-rules.ts";
import { cronWords, nextOccurrences, refuseUnusable, startOfDay } from "./rules.ts";
import type { CalendarDto, PauseInput, ScheduleDto, SchedulePreview, ScheduleSaveInput } from "./schema.ts";
import * as store from "./sql.ts";

/** Every night at four: after the day's export, before anybody works. */
export const DEFAULT_CRON = "0 4 * * *";
const DAY_MS = 86_400_000;
const CALENDAR_DAYS = 60;
const MISSED_SHOWN = 60;

/** Gives a new client the default schedule, every night at 04:00 in its own time zone. */
export async function ensureSchedule(tx: Db, client: ClientId, timezone: string, now: Date): Promise<void> {
  const [nextDueAt] = nextOccurrences(DEFAULT_CRON, timezone, now, 1);
  await store.insertSchedule(tx, client, { cron: DEFAULT_CRON, timezone, nextDueAt: nextDueAt!, now });
}

/** The client's schedule in words, its next five due times, what was missed and what waits in its inbox. */
export async function getSchedule(
  db: RootDb,
  client: ClientId,
  where: { inboxDir: string; now: Date },
): Promise<ScheduleDto> {
  const { now } = where;
  const { schedule, settings, ...missed } = await inClient(db, client, async (tx) => {
    const found = await store.findSchedule(tx, client);
    if (found === null) throw notFound("This schedule");
    const isMissed = await store.isOverdue(tx, client, now);
    const versions = isMissed ? await store.listVersions(tx, client, found.nextDueAt) : [];
    const open = isMissed ? unclaimed(versions, found.nextDueAt, now) : [];
    const late = open.filter((due) => due.pauseReason === null && isLate(due.dueAt, now)).map((due) => due.dueAt);
    return { schedule: found, settings: await clientSettings(tx, client), isMissed, missed: late };
  });
  const { cron, timezone, enabled, nextDueAt, missedPolicy } = schedule;
  const pause = pauseOf(schedule, now);
  const next = comingRuns(schedule, pause);
  return {
    cron,
    words: cronWords(cron),
    timezone,
    enabled,
    nextDueAt: next[0] ?? nextDueAt,
    next,
    clockChanges: comingChanges(timezone, now),
    missedPolicy,
    pause,
    isMissed: missed.isMissed,
    missed: missed.missed.slice(-MISSED_SHOWN),
    inbox: {
      // Relative: the machine's own paths are nobody's business on the web.
      folder: `${basename(where.inboxDir)}/${settings.subdomain}`,
      newestFile: await newestFileOf(db, settings, where),
    },
  };
}

/** The next five due times, from the end of a pause on; one without an end has none, so those that it keeps from running. */
function comingRuns({ cron, timezone, nextDueAt }: store.ScheduleRow, pause: ScheduleDto["pause"]): Date[] {
  if (pause?.until != null && nextDueAt < pause.until) {
    return nextOccurrences(cron, timezone, new Date(pause.until.getTime() - 1), 5);
  }
  return [nextDueAt, ...nextOccurrences(cron, timezone, nextDueAt, 4)];
}

function comingChanges(timezone: string, now: Date) {
  return clockChanges(timezone, new Date(now.getTime() - DAY_MS), new Date(now.getTime() + 366 * DAY_MS));
}

/** The pause that holds at `now`. */
function pauseOf(schedule: store.ScheduleRow, now: Date): ScheduleDto["pause"] {
  const { pausedAt, pausedUntil, pauseReason, pausedBy } = schedule;
  if (pausedAt === null || pauseReason === null || (pausedUntil !== null && pausedUntil <= now)) return null;
  return { reason: pauseReason, since: pausedAt, until: pausedUntil, byName: pausedBy ?? "" };
}

/** What an expression would mean: its words and next five due times, or why it is none. Saves nothing. */
export function previewSchedule(input: { cron: string; timezone: string }, now: Date): SchedulePreview {
  try {
    refuseUnusable(input.cron, now);
    const next = nextOccurrences(input.cron, input.timezone, now, 5);
    return { kind: "ok", words: cronWords(input.cron), next, clockChanges: comingChanges(input.timezone, now) };
  } catch (error) {
    if (error instanceof AppError) return { kind: "refused", message: error.message };
    throw error;
  }
}

/** Sets when the client's sync runs and what becomes of missed runs. One that is overdue already is still settled; what changes nothing writes nothing. */
export function saveSchedule(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  change: { input: ScheduleSaveInput; now: Date },
): Promise<{ nextDueAt: Date }> {
  const { input, now } = change;
  refuseUnusable(input.cron, now);
  const [next] = nextOccurrences(input.cron, input.timezone, now, 1);
  return inClient(db, client, async (tx) => {
    const before = await changing(tx, client);
    const stood = { cron: before.cron, timezone: before.timezone, missedPolicy: before.missedPolicy };
    const { cron, timezone, missedPolicy } = input;
    const after = { cron, timezone, missedPolicy };
    if (isDeepStrictEqual(stood, after)) return { nextDueAt: before.nextDueAt };
    const nextDueAt = before.enabled && before.nextDueAt <= now ? before.nextDueAt : next!;
    await store.updateSchedule(tx, client, { ...after, nextDueAt, now });
    const pause = pauseOf(before, now);
    if (pause !== null) await writePause(tx, client, pause, { cron, timezone, now });
    await record(tx, actor, client, { action: "schedule.updated", before: stood, after });
    return { nextDueAt };
  });
}

/** Lets nothing run by itself from now on, until a day or until somebody resumes. Runs by hand go on working. */
export function pauseSchedule(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { reason, untilDay, now }: PauseInput & { now: Date },
): Promise<{ until: Date | null }> {
  return inClient(db, client, async (tx) => {
    const before = await changing(tx, client);
    const until = untilDay === null ? null : startOfDay(untilDay, before.timezone);
    if (until !== null && until <= now) {
      const refusal = "A pause ends on a day to come; without one it lasts until somebody resumes.";
      throw new AppError("bad_request", refusal, { field: "untilDay" });
    }
    const since = pauseOf(before, now)?.since ?? now;
    await writePause(tx, client, { reason, until, since, byName: actor.name }, { ...before, now });
    await record(tx, actor, client, {
      action: "schedule.paused",
      after: { reason, until: until?.toISOString() ?? "until somebody resumes" },
    });
    return { until };
  });
}

/** Ends a pause; false when there is none. A schedule that was switched off is on again. */
export function resumeSchedule(db: RootDb, actor: Actor, client: ClientId, now: Date): Promise<{ resumed: boolean }> {
  return inClient(db, client, async (tx) => {
    const before = await changing(tx, client);
    if (before.enabled && pauseOf(before, now) === null) return { resumed: false };
    await store.updatePause(tx, client, null, now);
    await record(tx, actor, client, { action: "schedule.resumed", before: { reason: before.pauseReason } });
    return { resumed: true };
  });
}

async function changing(tx: Db, client: ClientId): Promise<store.ScheduleRow> {
  const schedule = await store.findSchedule(tx, client, true);
  if (schedule === null) throw notFound("This schedule");
  return schedule;
}

async function writePause(
  tx: Db,
  client: ClientId,
  pause: NonNullable<ScheduleDto["pause"]>,
  { cron, timezone, now }: { cron: string; timezone: string; now: Date },
): Promise<void> {
  // Due exactly at the end of the pause counts again.
  const after = pause.until === null ? null : new Date(pause.until.getTime() - 1);
  const [silentUntil] = after === null ? [] : nextOccurrences(cron, timezone, after, 1);
  await store.updatePause(tx, client, { ...pause, silentUntil: silentUntil ?? null }, now);
}

/** The last 60 days in the schedule's time zone, computed from the database: what was due and what came of it. */
export function getCalendar(db: RootDb, client: ClientId, now: Date): Promise<CalendarDto> {
  const since = new Date(now.getTime() - (CALENDAR_DAYS + 1) * DAY_MS);
  return inClient(db, client, async (tx) => {
    const schedule = await store.findSchedule(tx, client);
    if (schedule === null) throw notFound("This schedule");
    const { timezone } = schedule;
    const versions = await store.listVersions(tx, client, since);
    const nights = {
      dues: dueTimes(versions, since, now),
      runs: await store.listRuns(tx, client, since),
      skips: await store.listSkips(tx, client, since),
      changes: clockChanges(timezone, since, now),
    };
    const last = dayOf(now, timezone);
    return { timezone, days: calendarOf(nights, { first: addDays(last, 1 - CALENDAR_DAYS), last, timezone, now }) };
  });
}
