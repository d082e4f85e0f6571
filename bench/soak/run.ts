/** The soak: a server of its own under a paced load for as long as asked, two nights meanwhile, and a look at it now and then. */
import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { smallOn } from "../benches/neighbour.ts";
import { type Ground, withAutovacuum } from "../ground.ts";
import { layFile, syncNight, withoutGuards } from "../night.ts";
import { seeded } from "../pipeline.ts";
import { settle } from "../postgres.ts";
import { type RunningServer, withServer } from "../server-process.ts";
import { resultsOf, type Tally, verdictsOf } from "./figures.ts";
import { Load } from "./load.ts";
import { partsOf } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { type CpuMeter, SAMPLER, takeReading } from "./sample.ts";
import type { Verdict } from "./verdict.ts";
import type { Result } from "../result.ts";

export interface Plan {
  seconds: number;
  /** between two readings */
  sampleMs: number;
  /** requests a second of all admins together, at most */
  mostPerSecond: number;
  /** how many times faster than people everybody acts */
  hurry: number;
  /** nights before the clock starts, so that tables have the spare room of an installation that has run for a while */
  nightsBefore: number;
  /** acts of each admin, also where the time is up before */
  least: number;
}

export interface Soaked {
  readings: Reading[];
  /** seconds at which the nights began */
  nights: number[];
  verdicts: Verdict[];
  results: Result[];
  tally: Tally;
  /** the first ones, in words */
  errors: string[];
}

/** When nights begin, as shares of the time. */
const NIGHTS = [1 / 3, 2 / 3];

/** Soaks a ground whose creators stand; `tell` hears of what begins and of each reading. */
export async function soak(ground: Ground, plan: Plan, tell: (text: string) => void): Promise<Soaked> {
  await seeded(ground);
  const small = await smallOn(ground.db, ground);
  return withServer(ground, (server) =>
    withAutovacuum(ground, async () => {
      const grounds = [ground, small];
      for (const one of grounds) await withoutGuards(one);
      for (let night = 1; night <= plan.nightsBefore; night += 1) {
        tell(`night ${night} before the clock starts`);
        await oneNight(grounds, night);
      }
      // As autovacuum would before long: the spare room is there when the clock starts.
      await settle(ground, "videos", "users", "creator_ranks", "mission_progress", "progress_queue", "totals_queue");
      return underLoad(grounds, server, plan, tell);
    }),
  );
}

async function oneNight(grounds: readonly Ground[], number: number): Promise<void> {
  for (const ground of grounds) {
    await layFile(ground, number, 20);
    await syncNight(ground);
  }
}

async function underLoad(
  grounds: readonly Ground[],
  server: RunningServer,
  plan: Plan,
  tell: (text: string) => void,
): Promise<Soaked> {
  const load = new Load(plan.mostPerSecond);
  const parts = await partsOf(grounds, server.address, load, plan);
  const over = new AbortController();
  // All parts wait on it at once.
  setMaxListeners(0, over.signal);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const looking = look({ grounds, server, load, plan, seconds, tell, signal: over.signal });
  const working = load.run(parts, over.signal);
  const nights: number[] = [];
  for (const [index, share] of NIGHTS.entries()) {
    await wait(Math.max(0, share * plan.seconds - seconds()) * 1000);
    nights.push(seconds());
    tell(`night ${index + 1} of ${NIGHTS.length}`);
    await oneNight(grounds, plan.nightsBefore + index + 1).then(
      () => (load.tally.syncs += grounds.length),
      (error: unknown) => load.note("a night", error),
    );
  }
  await wait(Math.max(0, plan.seconds - seconds()) * 1000);
  over.abort();
  const [readings] = await Promise.all([looking, working]);
  const verdicts = verdictsOf(readings);
  const { tally, errors } = load;
  return { readings, nights, verdicts, results: resultsOf(readings, verdicts, tally), tally, errors };
}

interface Looking {
  grounds: readonly Ground[];
  server: RunningServer;
  load: Load;
  plan: Plan;
  seconds: () => number;
  tell: (text: string) => void;
  signal: AbortSignal;
}

/** Takes readings until the signal, at least one. */
async function look({ grounds, server, load, plan, seconds, tell, signal }: Looking): Promise<Reading[]> {
  const { superUrl, inboxDir } = grounds[0]!;
  const database = new pg.Client({ connectionString: superUrl, application_name: SAMPLER });
  await database.connect();
  try {
    const from = {
      address: server.address,
      database,
      folders: [server.dataDir, inboxDir],
      takeRequests: () => load.takeRequests(),
    };
    const cpu = cpuMeter(seconds);
    const readings: Reading[] = [];
    do {
      await wait(plan.sampleMs, undefined, { signal }).catch(() => undefined);
      const reading = await takeReading(from, seconds(), cpu).catch((error: unknown) => load.note("a reading", error));
      if (reading === undefined) continue;
      readings.push(reading);
      tell(inShort(reading, load.tally));
    } while (!signal.aborted);
    return readings;
  } finally {
    await database.end();
  }
}

function cpuMeter(seconds: () => number): CpuMeter {
  let last: { at: number; used: number } | null = null;
  return (used) => {
    const [before, now] = [last, { at: seconds(), used }];
    last = now;
    return before === null ? null : { used: now.used - before.used, passed: now.at - before.at };
  };
}

function inShort({ figures }: Reading, { requests, errors }: Tally): string {
  const of = (name: string) => (figures[name] ?? 0).toFixed(0);
  return `memory ${of("memory")} MB, heap ${of("heap")} MB, ${of("connections")} connections, p95 ${of("request_p95")} ms, ${requests} requests, ${errors} errors`;
}
