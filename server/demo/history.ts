/** Plays the nights of a programme: each takes its file through the real import and sync, with the clock held at that night. */
import type { Actor } from "../base/actor.ts";
import { StartError } from "../base/start-error.ts";
import { addDays, type Day, dayOf } from "../base/days.ts";
import type { ClientId, RunId } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient, pgDb, withOwnerOf } from "../db/tx.ts";
import { checkAfterRun } from "../health/service.ts";
import { storeImport } from "../imports/store.ts";
import type { createCaller } from "../router.ts";
import { occurrences } from "../schedule/rules.ts";
import { DEFAULT_CRON } from "../schedule/service.ts";
import { runSync } from "../sync/runner.ts";
import { startSync } from "../sync/service.ts";
import { pipeline } from "../sync/steps.ts";
import { dailyFile, messyFile } from "./daily-file.ts";
import { type DemoVideo, makeVideos } from "./population.ts";
import type { DemoProgramme } from "./programme.ts";

export interface HistoryOptions {
  db: RootDb;
  log: Log;
  actor: Actor;
  callerAt: (clock: () => Date) => ReturnType<typeof createCaller>;
  now: () => Date;
}

/** How many nights before the last one each run stands for; the messy file comes the night before last. */
const NIGHTS_AGO = [35, 28, 21, 14, 7, 3, 1, 0];
const MESSY_RUN = 6;
/** After this run some tiers are replaced by names of an older system. */
const BLEMISH_RUN = 2;
export const FILE_LIMIT_BYTES = 50_000_000;

interface Night {
  index: number;
  at: Date;
  /** the day whose evening the file holds */
  day: Day;
}

/** Plays the nights that are still missing, oldest first. */
export async function playHistory(options: HistoryOptions, client: ClientId, programme: DemoProgramme): Promise<void> {
  await clearInterrupted(options.callerAt(options.now), client);
  const done = await countDone(options.callerAt(options.now), client);
  const nights = nightsOf(options.now(), programme.client.timezone);
  const videos = makeVideos({ ...programme.population, lastDay: nights.at(-1)!.day });
  if (done > BLEMISH_RUN) await ageTiers(options.db, client, programme.unknownTiers);
  for (const night of nights.slice(done)) {
    const clock = heldAt(night.at);
    const caller = options.callerAt(clock);
    await activateBefore(caller, client, programme, night.index);
    if (night.index === NIGHTS_AGO.length - 1)
      await adjust(options, caller, client, programme.adjustments.slice(0, -1));
    await playNight(options, client, night, clock, videos);
    if (night.index === BLEMISH_RUN) await ageTiers(options.db, client, programme.unknownTiers);
  }
  await adjust(options, options.callerAt(options.now), client, programme.adjustments.slice(-1));
}

/** An earlier start was killed in the middle of a night: its run is cancelled and its file discarded, and the night is played again. */
async function clearInterrupted(caller: ReturnType<typeof createCaller>, clientId: string): Promise<void> {
  const runs = await caller.sync.list({ clientId, limit: 200 });
  for (const { id, status } of runs.rows) {
    if (status === "queued" || status === "running") await caller.sync.cancel({ clientId, runId: id });
  }
  const files = await caller.imports.list({ clientId, status: "stored", limit: 200 });
  for (const { id } of files.rows) await caller.imports.discard({ clientId, importId: id });
}

/** Tells whether the client's nights have all been played: from then on the programme is its admins'. */
export async function isPlayed(caller: ReturnType<typeof createCaller>, subdomain: string): Promise<boolean> {
  const client = (await caller.clients.list()).find((row) => row.subdomain === subdomain);
  return client !== undefined && (await countDone(caller, client.id)) === NIGHTS_AGO.length;
}

async function countDone(caller: ReturnType<typeof createCaller>, clientId: string): Promise<number> {
  const { rows } = await caller.sync.list({ clientId, limit: 200 });
  return rows.filter((run) => run.source === "demo" && run.status.startsWith("succeeded")).length;
}

function nightsOf(now: Date, timezone: string): Night[] {
  const all = occurrences(DEFAULT_CRON, timezone, new Date(now.getTime() - 45 * 86_400_000), now);
  return NIGHTS_AGO.map((ago, index) => {
    const at = all.at(-1 - ago)!;
    return { index, at, day: addDays(dayOf(at, timezone), -1) };
  });
}

/** A clock that stood at `at` when it was made and goes on from there. */
function heldAt(at: Date): () => Date {
  const made = performance.now();
  return () => new Date(at.getTime() + (performance.now() - made));
}

async function activateBefore(
  caller: ReturnType<typeof createCaller>,
  client: ClientId,
  programme: DemoProgramme,
  index: number,
): Promise<void> {
  const { rows } = await caller.missions.list({ clientId: client, limit: 200 });
  for (const { input, activatedBeforeRun } of programme.missions) {
    if (activatedBeforeRun === null || activatedBeforeRun > index) continue;
    const mission = rows.find((row) => row.title === input.title);
    if (mission === undefined || mission.activated) continue;
    await caller.missions.activate({ clientId: client, missionId: mission.id, seed: true });
  }
}

async function playNight(
  { db, log, actor }: HistoryOptions,
  client: ClientId,
  night: Night,
  clock: () => Date,
  videos: readonly DemoVideo[],
): Promise<void> {
  const stream = night.index === MESSY_RUN ? messyFile(videos, night.day) : dailyFile(videos, night.day);
  const file = { name: `day-${night.day}.csv`, source: "demo" as const, stream };
  const { importId } = await storeImport(db, actor, client, file, { now: clock(), limitBytes: FILE_LIMIT_BYTES });
  const run = await startSync(db, actor, client, { importId, inbox: false, now: clock(), source: "demo" });
  if (run.kind === "busy") {
    throw new StartError(
      `The demo programme is not whole, and sync ${run.number} is under way; start again when it has ended.`,
    );
  }
  const runId = run.runId as RunId;
  const outcome = await runSync(
    db,
    { now: clock, log, inboxDir: "", uploadLimitBytes: 0, steps: pipeline, afterRun: checkAfterRun },
    client,
    runId,
  );
  if (outcome !== "succeeded") throw new Error(`sync ${run.number} of the demo ended as ${outcome}`);
  await dateRows(db, client, runId);
}

/** Rows carry the database's time of insertion; in the demo's past they were inserted that night. */
async function dateRows(db: RootDb, client: ClientId, run: RunId): Promise<void> {
  await withOwnerOf(db, client, async (connection) => {
    const owner = pgDb(connection);
    await owner.execute(sql`
      update seeds s set created_at = n.started_at
      from sync_runs n
      where s.client_id = ${client}::uuid and s.run_id = ${run}::uuid and n.client_id = s.client_id and n.id = s.run_id`);
    await owner.execute(sql`
      update mission_progress p set created_at = s.created_at
      from seeds s
      where p.client_id = ${client}::uuid and s.client_id = p.client_id and s.id = p.seed_id and s.run_id = ${run}::uuid`);
  });
}

/** Gives some creators a tier that the ladder does not know, as a migration from an older system would have. */
async function ageTiers(db: RootDb, client: ClientId, count: number): Promise<void> {
  await inClient(db, client, (tx) =>
    tx.execute(sql`
      update users set current_tier = 'vip_2024'
      where client_id = ${client}::uuid and id in (
        select u.id from users u where u.client_id = ${client}::uuid order by md5(u.tiktok_handle) limit ${count})`),
  );
}

async function adjust(
  { db }: HistoryOptions,
  caller: ReturnType<typeof createCaller>,
  client: ClientId,
  adjustments: DemoProgramme["adjustments"],
): Promise<void> {
  const handles = await inClient(db, client, (tx) =>
    tx.query<{ handle: string }>(sql`
      select u.tiktok_handle as handle
      from creator_ranks r join users u on u.client_id = r.client_id and u.id = r.user_id
      where r.client_id = ${client}::uuid order by r.rank, u.tiktok_handle limit ${adjustments.length}`),
  );
  const known = (await caller.adjustments.list({ clientId: client, limit: 200 })).rows;
  for (const [index, { type, value, reason }] of adjustments.entries()) {
    const handle = handles[index]?.handle;
    if (handle === undefined || known.some((row) => row.reason === reason)) continue;
    await caller.adjustments.create({ clientId: client, handle, adjustmentType: type, value, reason });
  }
}
