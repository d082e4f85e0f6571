/** The connections of one process: the owner's few, and the request role's, which row-level security governs. */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";
import { isConnectionLost, isUnreachable } from "./sql-errors.ts";

export interface RootDb {
  /** Connects as the owner: for pools of others (worker, LISTEN) and for tests. */
  readonly url: string;
  /** Short questions as the owner: health, worker set-up. Past row-level security: never for what a request reads. */
  readonly owner: pg.Pool;
  /** Long work as the owner, COPY into staging above all: a few connections of its own, so that health never waits for a file. */
  readonly bulk: pg.Pool;
  /** Everything else: `current_user` is muster_app. */
  readonly app: pg.Pool;
  /** The request role's few connections for downloads (cursor.ts), which hold one each as long as the reader takes. */
  readonly exports: pg.Pool;
  /** Typed client over the app pool. */
  readonly prisma: PrismaClient;
  /** Ends all connections; what is still open is rolled back. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connection for the request role where start-up options do not arrive (pgbouncer). */
  appUrl?: string | undefined;
  applicationName: string;
  /** Connections for requests, 20 unless said otherwise. */
  appConnections?: number | undefined;
}

/**
 * Prisma sends instants as UTC without an offset, so the session's clock must be UTC whatever the server's is. Compiling the
 * statement of the tiers took 4 s where running it takes 0.1 s, on a server that has jit on, as PostgreSQL ships.
 */
const SESSION = "-c timezone=UTC -c jit=off";
export const REQUEST_ROLE = "muster_app";

/**
 * A pool that waits up to 10 s for a server that is being started or is coming back from a crash.
 * Only making the connection is repeated, never a statement; a server that dies meanwhile breaks it in several ways.
 */
class PatientPool extends pg.Pool {
  // The two signatures are pg's: pool.query() uses the callback form.
  override connect(): Promise<pg.PoolClient>;
  override connect(
    callback: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void,
  ): void;
  override connect(
    callback?: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void,
  ): Promise<pg.PoolClient> | void {
    const connected = this.#connectPatiently();
    if (callback === undefined) return connected;
    connected.then(
      (client) => callback(undefined, client, (release) => client.release(release as Error | boolean | undefined)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  }

  async #connectPatiently(): Promise<pg.PoolClient> {
    const giveUpAt = Date.now() + 10_000;
    for (;;) {
      try {
        return await super.connect();
      } catch (error) {
        if (!(isUnreachable(error) || isConnectionLost(error)) || Date.now() > giveUpAt) throw error;
        await wait(100);
      }
    }
  }
}

/** Makes a pool whose idle connections may be cut by the server: the next user gets a new one, the process lives on. */
export function createPool(config: pg.PoolConfig): pg.Pool {
  const pool = new PatientPool({ connectionTimeoutMillis: 15_000, ...config });
  const ignore = () => {
    // pg has removed the connection from the pool already; a statement in flight rejects by itself.
  };
  pool.on("error", ignore);
  pool.on("connect", (client) => void client.on("error", ignore));
  return pool;
}

/** Opens the pools of a process; nothing is connected until it is used. The caller calls `close`. */
export function openDatabase(options: DatabaseOptions): RootDb {
  // No other process's connections have this name: by it our own are found when they have to be cut.
  const name = `${options.applicationName} ${randomBytes(4).toString("hex")}`;
  const asOwner = {
    connectionString: options.url,
    application_name: `${name} owner`,
    options: SESSION,
  };
  const owner = createPool({ ...asOwner, max: 4 });
  const bulk = createPool({ ...asOwner, max: 4 });
  const asRequest = {
    connectionString: options.appUrl ?? options.url,
    application_name: name,
    ...(options.appUrl === undefined ? { options: `-c role=${REQUEST_ROLE} ${SESSION}` } : {}),
  };
  const app = createPool({ ...asRequest, max: options.appConnections ?? 20 });
  const exports = createPool({ ...asRequest, max: 4, connectionTimeoutMillis: 5_000 });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(app),
    // Prisma's own limits (2 s to wait, 5 s to run) end honest work on a busy machine.
    transactionOptions: { maxWait: 15_000, timeout: 30_000 },
  });
  return {
    url: options.url,
    owner,
    bulk,
    app,
    exports,
    prisma,
    async close() {
      const ended = endAll(prisma, [exports, app, bulk, owner]);
      const isEnded = await Promise.race([ended.then(() => true), wait(PATIENCE_MS, false, { ref: false })]);
      if (!isEnded) await cutConnections(options.url, name);
      await ended;
    },
  };
}

/**
 * One connection of the owner outside of the pools, with the session of all others. The caller connects and ends it, and listens
 * for its errors: one that the server cuts while nothing is asked has nobody else to tell.
 */
export function singleConnection(db: Pick<RootDb, "url">, applicationName: string): pg.Client {
  return new pg.Client({ connectionString: db.url, application_name: applicationName, options: SESSION });
}

/** What is not done by then is a statement that may take minutes, such as the merge of a large file. */
const PATIENCE_MS = 500;

async function endAll(prisma: PrismaClient, pools: readonly pg.Pool[]): Promise<void> {
  await prisma.$disconnect();
  await Promise.all(pools.map((pool) => pool.end()));
}

/** Ends the statements still under way, which are rolled back; a closed socket alone the server would not notice before their end. */
async function cutConnections(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "muster close" });
  client.on("error", () => {
    // The query rejects by itself.
  });
  await client.connect();
  try {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where usename = session_user and application_name in ($1, $1 || ' owner')`,
      [name],
    );
  } finally {
    await client.end();
  }
}
