/** What benches stand on: a PostgreSQL of their own in a temporary folder, migrated and filled, gone at the end. */
import { randomBytes, randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { totalmem, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { authorise } from "../server/access/authorise.ts";
import { clientSettings } from "../server/access/settings.ts";
import type { Actor } from "../server/base/actor.ts";
import type { ClientSettings } from "../server/base/client-settings.ts";
import type { ClientId } from "../server/base/ids.ts";
import { createLog } from "../server/base/log.ts";
import { startEmbedded } from "../server/db/embedded/start.ts";
import { migrate } from "../server/db/migrate.ts";
import { openDatabase, type RootDb } from "../server/db/pools.ts";
import { inClient } from "../server/db/tx.ts";
import { readEnv } from "../server/env.ts";
import { createCaller } from "../server/router.ts";
import { makeProgrammes } from "./data/programme.ts";
import type { Size } from "./options.ts";
import { stopServers } from "./server-process.ts";
import { bySuperuser, cutConnections, superuserOf } from "./superuser.ts";

export const bencher: Actor = { kind: "cli", name: "bench" };

export interface Ground {
  size: Size;
  db: RootDb;
  /** the client that is measured: the first */
  client: ClientId;
  settings: ClientSettings;
  /** the clock of the whole run */
  now: Date;
  caller: ReturnType<typeof createCaller>;
  /** folder for files of the run */
  dir: string;
  /** one inbox per client below it */
  inboxDir: string;
  /** of the superuser, for what the owner may not: checkpoints and settings */
  superUrl: string;
  /** how the real server is started, as arguments of Node */
  serverEntry: readonly string[];
  /** milliseconds of a first seed, once one was measured */
  firstSeedMs: number | null;
  /** whether the creators' sums and ranks are up to date, as after a night */
  hasSums: boolean;
}

export interface GroundOptions {
  serverEntry: readonly string[];
  /** without the nightly five million videos: growth and neighbours look at lists only */
  videos?: boolean;
  /** over those of a machine that measures */
  settings?: Record<string, string>;
}

const MB = 1024 * 1024;

/** Those of a server that has the machine for itself, as in the measurements that the targets come from. */
function settings(): Record<string, string> {
  const quarter = Math.floor(totalmem() / MB / 4);
  return {
    shared_buffers: `${Math.max(64, Math.min(4096, quarter))}MB`,
    work_mem: "64MB",
    maintenance_work_mem: `${Math.max(64, Math.min(512, quarter))}MB`,
    max_wal_size: "8GB",
    // Benches ask for checkpoints where one belongs.
    checkpoint_timeout: "1h",
  };
}

/** Starts a database, makes the data and lends all of it to `work`; nothing is left behind, also after an error. */
export async function onGround<T>(
  size: Size,
  options: GroundOptions,
  work: (ground: Ground) => Promise<T>,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "muster-bench-"));
  // mkdtemp makes it 0700; the database's user, who is not root, must be able to pass.
  chmodSync(dir, 0o755);
  const cluster = await startEmbedded(dir, {
    pgBin: readEnv().pgBin,
    settings: { ...settings(), ...options.settings },
  });
  const db = openDatabase({ url: cluster.url, applicationName: "muster bench" });
  let tidied: Promise<void> | null = null;
  const tidy = () => (tidied ??= tidyUp());
  const tidyUp = async () => {
    await stopServers();
    await db.close();
    await cutConnections(superuserOf(cluster.url));
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
    // It lies elsewhere where the folder for temporary files itself is closed to the database's user.
    rmSync(cluster.dir, { recursive: true, force: true });
  };
  // The server is in a process group of its own: whoever gives up with Ctrl-C would leave it running.
  const giveUp = () => {
    // Work that is under way finds its connections cut, and would end this process before everything is tidy.
    process.on("uncaughtException", () => undefined);
    void tidy().finally(() => process.exit(130));
  };
  process.once("SIGINT", giveUp).once("SIGTERM", giveUp);
  try {
    await migrate(cluster.url);
    return await work(await fill(db, dir, size, options));
  } finally {
    process.off("SIGINT", giveUp).off("SIGTERM", giveUp);
    await tidy();
  }
}

/** Makes the data in a migrated, empty database. */
export async function fill(
  db: RootDb,
  dir: string,
  size: Size,
  { serverEntry, videos = true }: GroundOptions,
): Promise<Ground> {
  await setAutovacuum({ db }, false);
  const [client] = await makeProgrammes(db, size, videos);
  return groundOf(db, client!, { size, dir, serverEntry });
}

/** Everything about one client of a database that stands. */
export async function groundOf(
  db: RootDb,
  clientId: string,
  { size, dir, serverEntry }: Pick<Ground, "size" | "dir" | "serverEntry">,
): Promise<Ground> {
  const { client } = await authorise(db, bencher, clientId, "sync:run");
  const now = new Date();
  const inboxDir = join(dir, "inbox");
  const caller = createCaller({
    db,
    actor: bencher,
    now: () => now,
    log: createLog({ level: "silent" }),
    inboxDir,
    uploadLimitBytes: 10_000 * MB,
    // Nobody is told of anything: no address is entered.
    telling: { secretKey: randomBytes(32), allowsPrivate: false, mail: null, publicUrl: null },
    requestId: randomUUID(),
    isSessionAlive: () => Promise.resolve(true),
  });
  return {
    size,
    db,
    client,
    settings: await inClient(db, client, (tx) => clientSettings(tx, client)),
    now,
    caller,
    dir,
    inboxDir,
    superUrl: superuserOf(db.url),
    serverEntry,
    firstSeedMs: null,
    hasSums: false,
  };
}

/** Runs statements of the owner, who is past row-level security, on one connection: for arranging, and for yardsticks. */
export async function asOwner<T>(ground: Pick<Ground, "db">, work: (owner: pg.ClientBase) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ground.db.url, options: "-c timezone=UTC -c jit=off" });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** One statement of the owner's, in a transaction of its own. */
export function byOwner(ground: Pick<Ground, "db">, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  return asOwner(ground, (owner) => owner.query(text, values));
}

/** Writes out what earlier work left behind, so that the next clock does not pay for it. */
export async function checkpoint(ground: Ground): Promise<void> {
  await bySuperuser(ground.superUrl, "checkpoint");
}

/**
 * With autovacuum as an installation has it: for work that a whole night consists of. Otherwise it would run into one side of a
 * comparison and not the other, so it is off, and benches vacuum by themselves.
 */
export async function withAutovacuum<T>(ground: Ground, work: () => Promise<T>): Promise<T> {
  await setAutovacuum(ground, true);
  try {
    return await work();
  } finally {
    await setAutovacuum(ground, false);
  }
}

function setAutovacuum(ground: Pick<Ground, "db">, isOn: boolean): Promise<void> {
  return asOwner(ground, async (owner) => {
    const { rows } = await owner.query<{ name: string }>(
      "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    );
    for (const { name } of rows) await owner.query(`alter table "${name}" set (autovacuum_enabled = ${isOn})`);
  });
}
