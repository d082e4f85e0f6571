/** Gives a test run a PostgreSQL of its own and one migrated database that every test file clones. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { isAlive, programOf } from "../db/embedded/lock.ts";
import { startEmbedded } from "../db/embedded/start.ts";
import { migrate } from "../db/migrate.ts";
import { readEnv } from "../env.ts";
import { readLintFacts } from "./cluster-lint/facts.ts";
import type { LintFacts } from "./cluster-lint/facts.ts";
import { type HomesPlace, makePlace } from "./cluster-lint/homes.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the cluster's database `muster`, as its owner; clones are made from there. */
    clusterUrl: string;
    /** What the lint of statements knows of the migrated database (cluster-lint). */
    lintFacts: LintFacts;
    /** A database with homes of clients, in which it has every statement planned. */
    homesPlace: HomesPlace;
    /** Folder of what it has judged already in this run. */
    lintCache: string;
  }
}

export const TEMPLATE = "muster_template";
const HOMES = "muster_homes";
const PREFIX = "muster-test-";

/** Nothing of a test run has to survive it. */
const SETTINGS = {
  max_connections: "200",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  shared_buffers: "256MB",
  max_wal_size: "4GB",
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  // mkdtemp makes it 0700; the server's user, who is not root, must be able to pass.
  chmodSync(dir, 0o755);
  writeFileSync(join(dir, "runner.pid"), String(process.pid));
  const giveBack = takeTemporary(join(dir, "tmp"));
  const cluster = await startEmbedded(dir, { pgBin: readEnv().pgBin, settings: SETTINGS, isDurable: false });
  mkdirSync(join(dir, "lint"));
  project.provide("lintCache", join(dir, "lint"));
  project.provide("lintFacts", await makeTemplate(cluster.url));
  await connected(cluster.url, (client) => client.query(`create database ${HOMES} template ${TEMPLATE}`));
  const homesUrl = databaseUrl(cluster.url, HOMES);
  project.provide("homesPlace", { url: homesUrl, home: (await makePlace(homesUrl))[0]! });
  project.provide("clusterUrl", cluster.url);
  return async () => {
    await cluster.stop();
    giveBack();
    rmSync(dir, { recursive: true, force: true });
    // It lies elsewhere where the folder for temporary files itself is closed to the server's user.
    rmSync(cluster.dir, { recursive: true, force: true });
  };
}

/** What the system is asked where temporary files belong: the second and third on Windows. */
const TEMPORARY = ["TMPDIR", "TEMP", "TMP"] as const;

/**
 * Makes a folder the one for temporary files of this process and all that it starts: what tests, and processes that they kill,
 * leave there goes with the run. Answers how to undo it.
 */
function takeTemporary(dir: string): () => void {
  mkdirSync(dir);
  chmodSync(dir, 0o755);
  const before = TEMPORARY.map((name) => [name, process.env[name]] as const);
  for (const name of TEMPORARY) process.env[name] = dir;
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

async function makeTemplate(url: string): Promise<LintFacts> {
  await connected(url, (client) => client.query(`create database ${TEMPLATE}`));
  await migrate(databaseUrl(url, TEMPLATE));
  return connected(databaseUrl(url, TEMPLATE), readLintFacts);
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

/** A run that was killed leaves its server and folder behind: stop and delete those whose runner is gone. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name);
    const runner = numberIn(join(dir, "runner.pid"));
    if (runner === null || isAlive(runner)) continue;
    const postmaster = numberIn(join(dir, "postgres", "cluster", "postmaster.pid"));
    if (postmaster !== null && isAlive(postmaster) && programOf(postmaster) === "postgres")
      process.kill(postmaster, "SIGQUIT");
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function numberIn(path: string): number | null {
  try {
    const value = Number.parseInt(readFileSync(path, "utf8"), 10);
    return value > 0 ? value : null;
  } catch {
    return null;
  }
}
