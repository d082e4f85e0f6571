/**
 * Plays nights that are disturbed, has them go on, and compares what stands in the end with the same nights undisturbed.
 * The promise: kill -9 of worker or database at any moment, then start, and the final state is the same.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { RunId } from "../../base/ids.ts";
import { createLog } from "../../base/log.ts";
import { sql } from "../../db/db.ts";
import { migrate } from "../../db/migrate.ts";
import type { RootDb } from "../../db/pools.ts";
import { runSync } from "../../sync/runner.ts";
import { pipeline } from "../../sync/steps.ts";
import { asOwner } from "../builders.ts";
import { Cluster } from "./cluster.ts";
import { type Disturbance, planOf, wordsOf } from "./plan.ts";
import { aChaoticProgramme, type Chaos, NIGHTS, startNight } from "./programme.ts";
import { differences, type Snapshot, snapshotOf } from "./snapshot.ts";
import { bundleWorker, WorkerProcess } from "./workers.ts";

export interface ChaosOptions {
  rounds: number;
  /** random numbers from 0 to 1 */
  random: () => number;
  pgBin?: string | undefined;
  say: (line: string) => void;
}

export interface ChaosResult {
  identical: number;
  rounds: number;
}

/** Plays so many rounds; what differs is said as it is found. */
export async function playChaos(options: ChaosOptions): Promise<ChaosResult> {
  const cluster = await Cluster.start(options.pgBin);
  const stage = new Stage(cluster, await bundleWorker(), options);
  try {
    await stage.setUp();
    let identical = 0;
    for (const [index, disturbance] of planOf(options.rounds).entries()) {
      const started = Date.now();
      const found = await stage.round(index, disturbance);
      if (found.length === 0) identical += 1;
      const verdict = found.length === 0 ? "identical" : `DIFFERENT\n  ${found.join("\n  ")}`;
      options.say(
        `${index + 1}: ${wordsOf(disturbance)}: ${verdict} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
      );
    }
    return { identical, rounds: options.rounds };
  } finally {
    stage.end();
    await cluster.stop();
  }
}

/** Longer than the longest way back: the server's recovery, and the queue's own pause before it connects again. */
const PATIENCE_MS = 60_000;
/** A disturbed night takes about so long; a random moment lies within. */
const NIGHT_MS = 700;

class Stage {
  readonly #cluster: Cluster;
  readonly #bundle: string;
  readonly #options: ChaosOptions;
  readonly #realSince = new Date(Date.now() - 86_400_000);
  /** processes that have started and have nothing to do */
  readonly #idle: WorkerProcess[] = [];
  #chaos: Chaos | null = null;
  #reference: Snapshot = {};

  constructor(cluster: Cluster, bundle: string, options: ChaosOptions) {
    this.#cluster = cluster;
    this.#bundle = bundle;
    this.#options = options;
  }

  /** The nights undisturbed: what stands before each is kept, to begin there, and what stands in the end, to compare. */
  async setUp(): Promise<void> {
    this.#spare();
    this.#spare();
    await this.#cluster.create("night_0", null);
    await migrate(this.#cluster.urlOf("night_0"));
    this.#chaos = await this.#in("night_0", (db) => aChaoticProgramme(db));
    for (const night of NIGHTS.keys()) {
      await this.#cluster.create(`night_${night + 1}`, `night_${night}`);
      await this.#in(`night_${night + 1}`, (db) => this.#playNight(db, night));
    }
    this.#reference = await this.#in(`night_${NIGHTS.length}`, (db) => snapshotOf(db, this.#realSince));
  }

  /** Answers what differs. */
  async round(index: number, disturbance: Disturbance): Promise<string[]> {
    const database = `round_${index}`;
    await this.#cluster.create(database, `night_${disturbance.night}`);
    const found = await this.#in(database, async (db) => {
      const run = await startNight(db, this.#chaos!, disturbance.night, this.#inbox(index));
      const ended = await this.#disturb(db, run, disturbance, this.#inbox(index));
      if (ended !== "succeeded_with_warnings") return [`the run is ${ended}`];
      for (let night = disturbance.night + 1; night < NIGHTS.length; night += 1) await this.#playNight(db, night);
      return differences(this.#reference, await snapshotOf(db, this.#realSince));
    });
    await this.#cluster.drop(database);
    return found;
  }

  end(): void {
    for (const worker of this.#idle) worker.signal("SIGKILL");
  }

  #inbox(index: number): string {
    return `${this.#cluster.dir}/inbox/${index}`;
  }

  async #disturb(db: RootDb, run: RunId, disturbance: Disturbance, inbox: string): Promise<string> {
    const { kind, night, place } = disturbance;
    const work = { kind: "work", url: db.url, now: NIGHTS[night]!.toISOString(), inbox } as const;
    const worker = this.#take();
    const how = kind === "worker" ? ("die" as const) : ("wait" as const);
    worker.say({ ...work, stopAt: place === null ? null : { ...place, how } });
    await this.#untilMoment(worker, disturbance);
    if (kind === "worker") worker.signal("SIGKILL");
    if (kind === "pause") worker.signal("SIGSTOP");
    if (kind === "database") this.#cluster.kill();
    if (kind === "connection" || kind === "backend") await this.#cut(db, kind);
    if (kind === "database" || kind === "backend") await this.#back(db);
    if (kind !== "worker" && kind !== "pause") {
      worker.say({ kind: "go" });
      const ended = await this.#end(db, run);
      await this.#rest(worker);
      return ended;
    }
    const next = this.#take();
    next.say({ ...work, stopAt: null });
    const ended = await this.#end(db, run);
    if (kind === "pause") {
      // It wakes at the end of everything and tries to commit what it was at.
      worker.signal("SIGCONT");
      await this.#rest(worker);
    } else {
      await worker.dies();
    }
    await this.#rest(next);
    return ended;
  }

  async #untilMoment(worker: WorkerProcess, { kind, place }: Disturbance): Promise<void> {
    if (place === null) {
      await worker.hears("working", PATIENCE_MS);
      return wait(this.#options.random() * NIGHT_MS);
    }
    if (kind === "worker") return worker.dies();
    if (!(await worker.hears("waiting", PATIENCE_MS))) throw new Error("the worker never came to that place");
  }

  /** Ends a connection of the worker's: the one at work on the run where there is one, else any. */
  async #cut(db: RootDb, how: "connection" | "backend"): Promise<void> {
    const pids = await asOwner(db, (owner) =>
      owner.query<{ pid: number }>(sql`
        select a.pid from pg_stat_activity a
        where a.datname = current_database() and (a.application_name like 'chaos worker%' or a.application_name = 'muster worker')
        order by exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory') desc, random() limit 1`),
    );
    for (const { pid } of pids) {
      if (how === "backend") process.kill(pid, "SIGKILL");
      else await asOwner(db, (owner) => owner.query(sql`select pg_terminate_backend(${pid}::int) as ended`));
    }
  }

  /** Until the server answers again, and this process's own connections are new ones. */
  async #back(db: RootDb): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    for (let answers = 0; answers < 5 && Date.now() < until;) {
      await wait(50);
      answers = await asOwner(db, (owner) => owner.query(sql`select 1 as one`)).then(
        () => answers + 1,
        () => 0,
      );
    }
  }

  /** Answers how the run ended; asks again while the server is away. */
  async #end(db: RootDb, run: RunId): Promise<string> {
    const until = Date.now() + PATIENCE_MS;
    let status = "never asked for";
    while (Date.now() < until) {
      try {
        const [row] = await asOwner(db, (owner) =>
          owner.query<{ status: string; error: string }>(sql`
            select status, coalesce(error_message, '') as error from sync_runs where id = ${run}::uuid`),
        );
        status = row!.status === "failed" ? `failed: ${row!.error}` : row!.status;
        if (status !== "queued" && status !== "running") return status;
      } catch {
        // Away for a moment.
      }
      await wait(25);
    }
    return status;
  }

  #playNight(db: RootDb, night: number): Promise<void> {
    const inbox = `${this.#cluster.dir}/undisturbed`;
    const deps = {
      now: () => NIGHTS[night]!,
      log: createLog({ level: "silent" }),
      inboxDir: inbox,
      uploadLimitBytes: 10_000_000,
      steps: pipeline,
    };
    return startNight(db, this.#chaos!, night, inbox).then(async (run) => {
      const outcome = await runSync(db, deps, this.#chaos!.client, run);
      if (outcome !== "succeeded") throw new Error(`an undisturbed night ended as ${outcome}`);
    });
  }

  async #in<T>(database: string, work: (db: RootDb) => Promise<T>): Promise<T> {
    const db = this.#cluster.open(database);
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  #spare(): void {
    this.#idle.push(new WorkerProcess(this.#bundle));
  }

  #take(): WorkerProcess {
    const worker = this.#idle.shift() ?? new WorkerProcess(this.#bundle);
    // The next one starts while this one works.
    if (this.#idle.length === 0) this.#spare();
    return worker;
  }

  /** Has a worker end its work, and keeps the process for the next round. */
  async #rest(worker: WorkerProcess): Promise<void> {
    worker.say({ kind: "stop" });
    if (await worker.hears("stopped", 15_000)) this.#idle.push(worker);
    else worker.signal("SIGKILL");
  }
}
