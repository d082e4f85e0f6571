/** The connections of one process: the owner's few, and the request role's, which row-level security governs. */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Log } from "../base/log.ts";
import { PrismaClient } from "./generated/client.ts";
import { Homes } from "./nodes.ts";
import { createPool } from "./pool.ts";
import { Replica } from "./replica/replica.ts";

export interface RootDb {
  /** Connects as the owner: for pools of others (worker, LISTEN) and for tests. */
  readonly url: string;
  /** With what every session begins, for connections outside of these pools. */
  readonly session: string;
  /** Short questions as the owner: health, worker set-up. Past row-level security: never for what a request reads. */
  readonly owner: pg.Pool;
  /** Long work as the owner, COPY into staging above all: a few connections of its own, so that health never waits for a file. */
  readonly bulk: pg.Pool;
  /** Everything else: `current_user` is muster_app. */
  readonly app: pg.Pool;
  /** The request role's few connections for downloads (cursor.ts), which hold one each as long as the reader takes. */
  readonly exports: pg.Pool;
  /** A copy that follows the database, for what may be a little old (replica/stale.ts); null where none was named. */
  readonly replica: Replica | null;
  /** Where clients' rows lie, which in a distributed database is elsewhere. */
  readonly homes: Homes;
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
  /** A copy that follows this database, to read from what may be a little old; it is told of in `log`. */
  replica?: { url: string; log: Log } | undefined;
  /** The address is that of a node of a cluster (homes.ts). */
  isNode?: boolean | undefined;
}

/**
 * Prisma sends instants as UTC without an offset, so the session's clock must be UTC whatever the server's is. Compiling the
 * statement of the tiers took 4 s where running it takes 0.1 s, on a server that has jit on, as PostgreSQL ships.
 */
const SESSION = "-c timezone=UTC -c jit=off";
/** On a node of a cluster, which would hide the parts of its tables. */
const ON_NODE = "-c citus.override_table_visibility=off";
export const REQUEST_ROLE = "muster_app";

/** Opens the pools of a process; nothing is connected until it is used. The caller calls `close`. */
export function openDatabase(options: DatabaseOptions): RootDb {
  // No other process's connections have this name: by it our own are found when they have to be cut.
  const name = `${options.applicationName} ${randomBytes(4).toString("hex")}`;
  const session = options.isNode === true ? `${SESSION} ${ON_NODE}` : SESSION;
  const asOwner = {
    connectionString: options.url,
    application_name: `${name} owner`,
    options: session,
  };
  const owner = createPool({ ...asOwner, max: 4 });
  const bulk = createPool({ ...asOwner, max: 4 });
  const roleOptions = `-c role=${REQUEST_ROLE} ${session}`;
  const asRequest = {
    connectionString: options.appUrl ?? options.url,
    application_name: name,
    ...(options.appUrl === undefined ? { options: roleOptions } : {}),
  };
  const app = createPool({ ...asRequest, max: options.appConnections ?? 20 });
  const exports = createPool({ ...asRequest, max: 4, connectionTimeoutMillis: 5_000 });
  const copy = options.replica;
  const replica =
    copy === undefined
      ? null
      : new Replica({
          asRequest: { connectionString: copy.url, application_name: name, options: roleOptions },
          asOwner: { ...asOwner, connectionString: copy.url },
          primary: owner,
          log: copy.log,
        });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(app),
    // Prisma's own limits (2 s to wait, 5 s to run) end honest work on a busy machine.
    transactionOptions: { maxWait: 15_000, timeout: 30_000 },
  });
  // Nodes follow nobody, and a pooler before the coordinator does not lead to them.
  const homes = new Homes({ url: options.url, owner }, (url) =>
    openDatabase({ ...options, url, appUrl: undefined, replica: undefined, isNode: true }),
  );
  return {
    url: options.url,
    session,
    owner,
    bulk,
    app,
    exports,
    replica,
    homes,
    prisma,
    async close() {
      await replica?.close();
      await homes.close();
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
export function singleConnection(db: Pick<RootDb, "url" | "session">, applicationName: string): pg.Client {
  return new pg.Client({ connectionString: db.url, application_name: applicationName, options: db.session });
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
