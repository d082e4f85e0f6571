/** What every entry point does first and last: a migrated database with its pools, sentences instead of stack traces, a clean end. */
import { setFlagsFromString } from "node:v8";
import type { Log } from "./base/log.ts";
import { StartError } from "./base/start-error.ts";
import { migrate } from "./db/migrate.ts";
import type { RootDb } from "./db/pools.ts";
import { openDatabase } from "./db/pools.ts";
import { resolveDatabase } from "./db/resolve.ts";
import type { Env } from "./env.ts";

/** What is made before anything can be logged: what cannot be is said in a sentence, and the exit code is 1. */
export function orExit<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    return process.exit(1);
  }
}

export interface Installation {
  db: RootDb;
  /** Where the data lies, in words. */
  location: string;
  /** Names of the migrations applied now. */
  applied: string[];
  /** Ends the connections; the embedded server stops unless another process uses it. */
  close: () => Promise<void>;
}

export interface OpeningOptions {
  /** its replica serves lists and downloads, if there is one; it need not be there */
  replica?: { url: string | undefined; log: Log } | undefined;
  /** leaves the database as it is, for what has to be done before it can be migrated */
  isUnmigrated?: boolean | undefined;
}

/** Finds or starts the database and brings it up to the code, unless told otherwise. Throws `StartError`. */
export async function openInstallation(
  env: Env,
  applicationName: string,
  { replica, isUnmigrated }: OpeningOptions = {},
): Promise<Installation> {
  const database = await resolveDatabase(env);
  try {
    const { applied } = isUnmigrated === true ? { applied: [] } : await migrate(database.url);
    const db = openDatabase({
      url: database.url,
      appUrl: database.appUrl,
      applicationName,
      replica: replica?.url === undefined ? undefined : { url: replica.url, log: replica.log },
    });
    const close = async () => {
      await db.close();
      await database.stop();
    };
    // Asked while the primary is there: what a replica can answer later does not wait for it.
    await db.homes.listNodes();
    return { db, location: database.location, applied, close };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/**
 * V8 lets the old generation of a small process grow to four times what lives in it before it looks, because the machine has
 * memory: over 100 MB of what a night of five million rows left behind. With this it looks at one and a third, which is early
 * enough for a few collections a minute and no more. Here and not on the command line: so every way to start a server has it.
 */
const HEAP_GROWING_PERCENT = 30;

/** Time from the signal to the exit, whatever still hangs. */
const EXIT_MS = 9_500;

/** What a process does when it is asked to end. */
export interface Shutdown {
  /** Adds what has to be ended; the last one added is ended first. */
  add: (stop: () => Promise<unknown>) => void;
}

/**
 * Runs an entry point. What stands in its way is said in a sentence, and the exit code is 1. SIGTERM and SIGINT end what the
 * body added, in reverse order, and then the process, within 10 s; a second signal ends it at once.
 */
export async function runEntry(log: Log, body: (shutdown: Shutdown) => Promise<void>): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  const stops: (() => Promise<unknown>)[] = [];
  let isStopping = false;
  let askedAt = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    // Under npm one Ctrl-C arrives twice, from the terminal and from npm: only a later signal means impatience.
    if (isStopping && Date.now() - askedAt > 1_000) process.exit(130);
    if (isStopping) return;
    isStopping = true;
    askedAt = Date.now();
    log.info({ signal }, "stopping");
    void end(log, stops);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  try {
    await body({ add: (stop) => stops.push(stop) });
  } catch (error) {
    // Started work whose connections were just ended fails, as it should.
    if (isStopping) return;
    process.stderr.write(`${sentenceOf(error)}\n`);
    await endAll(log, stops);
    process.exit(1);
  }
}

async function end(log: Log, stops: (() => Promise<unknown>)[]): Promise<void> {
  setTimeout(() => {
    log.warn("not everything ended in time; what was unfinished is rolled back");
    process.exit(1);
  }, EXIT_MS).unref();
  process.exit((await endAll(log, stops)) ? 0 : 1);
}

async function endAll(log: Log, stops: (() => Promise<unknown>)[]): Promise<boolean> {
  let isClean = true;
  for (const stop of stops.toReversed()) {
    try {
      await stop();
    } catch (error) {
      isClean = false;
      log.error({ err: error }, "the process did not stop cleanly");
    }
  }
  return isClean;
}

function sentenceOf(error: unknown): string {
  if (error instanceof StartError) return error.message;
  // A bug: its origin is what helps.
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
